#include "sample.h"
#include "ssprotect/crypto/system_random.h"

#include <algorithm>
#include <mutex>

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

using ssprotect::test::MemoryFile;

/// Knows which of its bytes were written and what it was told is complete.
class WatchedFile final : public MemoryFile {
public:
    explicit WatchedFile(std::size_t size) : written_(size) {}

    Status writeAt(std::uint64_t offset, ByteView from) override {
        {
            const std::scoped_lock lock(watch_);
            std::fill_n(written_.begin() + static_cast<std::ptrdiff_t>(offset), from.size(), true);
        }
        return MemoryFile::writeAt(offset, from);
    }
    void startWriteback(std::uint64_t offset, std::uint64_t length) override {
        const std::scoped_lock lock(watch_);
        const auto begin = written_.begin() + static_cast<std::ptrdiff_t>(std::max<std::uint64_t>(offset, kHeaderSize));
        const auto end = written_.begin() + static_cast<std::ptrdiff_t>(offset + length);
        EXPECT_TRUE(std::all_of(begin, end, [](bool byte) { return byte; })) << "told to be complete and is not";
        told_ += length;
    }
    std::uint64_t told() const { return told_; }

private:
    std::mutex watch_;
    std::vector<bool> written_;
    std::uint64_t told_ = 0;
};

TEST(Writeback, BeginsWhileTheFileIsWrittenAndOnlyWithWhatIsComplete) {
    constexpr std::size_t kSize = 23 << 20;
    const test::Inputs inputs;
    crypto::SystemRandom random;
    MemoryFile source(test::patterned(kSize));
    WatchedFile container(kHeaderSize + bodySizeFor(kSize));
    const Effort effort{.threads = 3, .progress = {}};
    const auto stored =
        encrypt(source, kSize, container, inputs.identity, inputs.keys(), inputs.creator(), random, effort);
    ASSERT_TRUE(stored);
    EXPECT_GE(container.told(), kSize - (8u << 20));
    EXPECT_LE(container.told(), container.content().size());

    WatchedFile plaintext(kSize);
    ASSERT_TRUE(decrypt(container, plaintext, inputs.keys(), inputs.creator().publicKey(), stored->digest, effort));
    EXPECT_GE(plaintext.told(), kSize - (8u << 20));
    EXPECT_LE(plaintext.told(), kSize);
}

} // namespace
} // namespace ssprotect::container
