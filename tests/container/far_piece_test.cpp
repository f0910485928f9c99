#include "piece_writer.h"
#include "sample.h"
#include "ssprotect/container/body_reader.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

/// Holds the writes, one by one, wherever they are; zeros elsewhere.
class SparseFile final : public ssprotect::test::MemoryFile {
public:
    explicit SparseFile(std::uint64_t size) : size_(size) {}

    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override {
        const std::size_t count = offset >= size_ ? 0 : std::min<std::uint64_t>(to.size(), size_ - offset);
        std::fill_n(to.begin(), count, Byte{0});
        for (const auto& [at, bytes] : writes_) {
            const std::uint64_t begin = std::max(at, offset);
            const std::uint64_t end = std::min(at + bytes.size(), offset + count);
            if (begin < end)
                std::ranges::copy(ByteView(bytes).subspan(begin - at, end - begin), to.subspan(begin - offset).begin());
        }
        return count;
    }
    Status writeAt(std::uint64_t offset, ByteView from) override {
        writes_[offset] = copyOf(from);
        return {};
    }

private:
    std::uint64_t size_;
    std::map<std::uint64_t, Bytes> writes_;
};

/// A document of any size without its memory.
class PatternFile final : public ssprotect::test::MemoryFile {
public:
    static Byte at(std::uint64_t offset) { return static_cast<Byte>(offset * 31 + (offset >> 20) + (offset >> 33)); }

    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override {
        for (std::size_t i = 0; i < to.size(); ++i)
            to[i] = at(offset + i);
        return to.size();
    }
};

TEST(Body, OfManyGibibytesIsTheSameFarOut) {
    constexpr std::uint64_t kSize = (std::uint64_t{70} << 30) + 12'345;
    const BodySalt salt{};
    const Bytes inputKey(32, 1);
    PatternFile plaintext;
    SparseFile file(bodySizeFor(kSize));
    const BodyPlan plan{plaintext, kSize, file, 0, salt, BodyKeys::derive(inputKey, salt, {}).value()};
    PieceWriter writer(plan);
    const std::uint64_t far = pieceCountFor(plan.bodySize()) * 9 / 10;
    for (const std::uint64_t piece : {std::uint64_t{0}, far, far + 1})
        ASSERT_TRUE(writer.write(piece));

    auto body = SealedBody::open(file, 0, plan.bodySize(), inputKey, {});
    ASSERT_TRUE(body);
    BodyReader reader(std::move(*body));
    ASSERT_EQ(reader.size(), kSize);
    // A chunk in the far piece, and the one across the border to the next.
    const std::uint64_t border = (far + 1) * kPieceSize;
    for (const std::uint64_t sealedAt : {border - 5 * kSealedChunkSize, border}) {
        const std::uint64_t chunk = (sealedAt - kBodyPrefixSize) / kSealedChunkSize;
        Bytes bytes(kChunkSize);
        ASSERT_TRUE(reader.readAt(chunk * kChunkSize, bytes));
        for (std::size_t i = 0; i < bytes.size(); ++i)
            ASSERT_EQ(bytes[i], PatternFile::at(chunk * kChunkSize + i));
    }
    Byte unwritten;
    EXPECT_FALSE(reader.readAt(kSize / 2, {&unwritten, 1})) << "what was never sealed does not open";
}

} // namespace
} // namespace ssprotect::container
