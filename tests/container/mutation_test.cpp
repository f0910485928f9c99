#include "sample.h"
#include "ssprotect/base/encoding.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

using ssprotect::test::MemoryFile;
using test::chunkAt;
using test::Inputs;
using test::patterned;

/// A container, what it was made of, and every way to read it tried on what became of it.
class Mutation : public testing::Test {
protected:
    explicit Mutation(std::size_t size) : plaintext(patterned(size)), sample(test::encrypted(inputs, plaintext)) {}

    /// Refused by all who read the whole, without one byte published that is not the plaintext's at its place.
    void expectRefused(const Bytes& container, const std::string& what) {
        SCOPED_TRACE(what);
        const Status check = test::verified(container, inputs, sample.stored.digest);
        ASSERT_FALSE(check);
        EXPECT_EQ(check.error().code, ErrorCode::integrity);
        const Status written = checkWritten(container);
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code, ErrorCode::integrity);

        Bytes published;
        const Status open = test::decrypted(container, inputs, sample.stored.digest, published);
        ASSERT_FALSE(open);
        EXPECT_EQ(open.error().code, ErrorCode::integrity);
        ASSERT_LE(published.size(), plaintext.size());
        for (std::size_t i = 0; i < published.size(); ++i)
            ASSERT_TRUE(published[i] == plaintext[i] || published[i] == 0) << "byte " << i;
    }

    void expectRefusedWithByte(std::size_t at, Byte mask) {
        Bytes changed = sample.container;
        changed[at] ^= mask;
        expectRefused(changed, "byte " + std::to_string(at) + " changed by " + std::to_string(mask));
    }

    Status checkWritten(const Bytes& container) {
        MemoryFile file(container);
        return verifyWritten(file, inputs.keys(), inputs.creator().publicKey(), sample.stored, {});
    }

    /// Opening and reading everything through random access.
    static bool readable(const Bytes& container, const Inputs& with) {
        MemoryFile file(container);
        auto reader = Reader::open(file, with.keys());
        if (!reader)
            return false;
        Bytes all(reader->size() + 1);
        return reader->readAt(0, all).ok();
    }

    Inputs inputs;
    Bytes plaintext;
    test::Sample sample;
};

struct TwoChunks : Mutation {
    TwoChunks() : Mutation(20'000) {}
};
struct ThreeFullChunks : Mutation {
    ThreeFullChunks() : Mutation(3 * kChunkSize) {}
};
struct TwoPieces : Mutation {
    TwoPieces() : Mutation(1'100'000) {}
};

TEST_F(TwoChunks, AreAcceptedUnchanged) {
    EXPECT_TRUE(test::verified(sample.container, inputs, sample.stored.digest));
    EXPECT_TRUE(checkWritten(sample.container));
    EXPECT_TRUE(readable(sample.container, inputs));
}

TEST_F(TwoChunks, EveryBitOfTheHeaderCounts) {
    for (std::size_t at = 0; at < kHeaderSize; ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            Bytes changed = sample.container;
            changed[at] ^= static_cast<Byte>(1 << bit);
            EXPECT_FALSE(test::verified(changed, inputs, sample.stored.digest)) << at << '.' << bit;
            EXPECT_FALSE(readable(changed, inputs)) << at << '.' << bit;
        }
        expectRefusedWithByte(at, 0x01);
    }
}

TEST_F(TwoChunks, EveryPartOfTheBodyCounts) {
    // Every byte before the first chunk, then one of 13, so that all places within a cipher block come up.
    for (std::size_t at = kHeaderSize; at < sample.container.size(); at += at < chunkAt(0) ? 1 : 13) {
        Bytes changed = sample.container;
        changed[at] ^= 0x80;
        ASSERT_FALSE(test::verified(changed, inputs, sample.stored.digest)) << at;
        ASSERT_FALSE(readable(changed, inputs)) << at;
    }
}

TEST_F(TwoChunks, TheEndsOfEachPartCount) {
    const std::size_t last = sample.container.size() - 1;
    for (const std::size_t at :
         {std::size_t{256}, std::size_t{279}, std::size_t{280}, std::size_t{311}, chunkAt(0), chunkAt(1) - 17,
          chunkAt(1) - 16, chunkAt(1) - 1, chunkAt(1), last - 16, last - 15, last})
        expectRefusedWithByte(at, 0x01);
}

TEST_F(TwoChunks, NothingOfAChangedChunkIsPublished) {
    Bytes changed = sample.container;
    changed[chunkAt(1) + 5] ^= 1;
    Bytes published;
    ASSERT_FALSE(test::decrypted(changed, inputs, sample.stored.digest, published));
    for (std::size_t i = kChunkSize; i < published.size(); ++i)
        ASSERT_EQ(published[i], 0) << i;
}

TEST_F(TwoChunks, ShorterFilesAreRefused) {
    for (std::size_t size = 0; size < sample.container.size(); ++size) {
        const bool nearABorder =
            size < 400 || (size > chunkAt(1) - 40 && size < chunkAt(1) + 40) || size + 40 > sample.container.size();
        if (!nearABorder && size % 17 != 0)
            continue;
        Bytes cut(sample.container.begin(), sample.container.begin() + static_cast<std::ptrdiff_t>(size));
        const Status status = test::verified(cut, inputs, sample.stored.digest);
        ASSERT_FALSE(status) << size;
        ASSERT_EQ(status.error().code, ErrorCode::integrity) << size;
        ASSERT_FALSE(readable(cut, inputs)) << size;
    }
}

TEST_F(TwoChunks, LongerFilesAreRefused) {
    for (const std::size_t more : {1u, 15u, 16u, 17u, 256u, 16'384u, 16'400u, 32'800u, 1u << 20}) {
        Bytes longer = sample.container;
        longer.resize(longer.size() + more, 0xab);
        expectRefused(longer, std::to_string(more) + " bytes more");
        EXPECT_FALSE(readable(longer, inputs));
    }
}

TEST_F(TwoChunks, AnotherBodyUnderThisHeaderIsRefused) {
    const auto pasted = [&](const test::Sample& other) {
        Bytes container(sample.container.begin(), sample.container.begin() + kHeaderSize);
        container.insert(container.end(), other.container.begin() + kHeaderSize, other.container.end());
        return container;
    };
    Inputs otherFile;
    otherFile.identity.version = 4;
    expectRefused(pasted(test::encrypted(otherFile, plaintext)), "body of another version");
    Inputs otherKey;
    otherKey.dataKey[0] ^= 1;
    expectRefused(pasted(test::encrypted(otherKey, plaintext)), "body under another key");
    Inputs otherSalt;
    otherSalt.bodySalt[0] ^= 1;
    expectRefused(pasted(test::encrypted(otherSalt, patterned(19'999))), "shorter body");
}

TEST_F(TwoChunks, AWholeOtherContainerIsRefusedForItsDigest) {
    Inputs otherSalt;
    otherSalt.bodySalt[0] ^= 1;
    Bytes published;
    const auto other = test::encrypted(otherSalt, plaintext);
    EXPECT_EQ(test::decrypted(other.container, inputs, sample.stored.digest, published).error().code,
              ErrorCode::integrity);
    EXPECT_TRUE(published.empty());
}

TEST_F(TwoChunks, AnEditedSizeIsRefusedAlsoWhenTheFileFollowsIt) {
    for (const int difference : {-1, 1, -4096, 16}) {
        Bytes changed = sample.container;
        storeBigEndian<std::uint64_t>(static_cast<std::uint64_t>(20'000 + difference),
                                      MutableByteView(changed).subspan(104, 8));
        expectRefused(changed, "size alone");
        changed.resize(changed.size() + static_cast<std::size_t>(difference));
        expectRefused(changed, "size and file");
    }
    Bytes withoutLastChunk = sample.container;
    storeBigEndian<std::uint64_t>(16'384, MutableByteView(withoutLastChunk).subspan(104, 8));
    withoutLastChunk.resize(chunkAt(1) + 16);
    expectRefused(withoutLastChunk, "last chunk replaced by an empty one");
}

TEST_F(ThreeFullChunks, SwappedDoubledOrMissingChunksAreRefused) {
    const auto chunk = [](Bytes& container, std::size_t index) {
        return container.begin() + static_cast<std::ptrdiff_t>(chunkAt(index));
    };
    constexpr auto kSize = static_cast<std::ptrdiff_t>(kSealedChunkSize);
    Bytes swapped = sample.container;
    std::swap_ranges(chunk(swapped, 0), chunk(swapped, 0) + kSize, chunk(swapped, 1));
    expectRefused(swapped, "chunks 0 and 1 swapped");
    Bytes doubled = sample.container;
    std::copy_n(chunk(doubled, 1), kSize, chunk(doubled, 2));
    expectRefused(doubled, "chunk 1 in place of chunk 2");
    Bytes missing = sample.container;
    missing.erase(chunk(missing, 1), chunk(missing, 1) + kSize);
    expectRefused(missing, "chunk 1 missing");
    Bytes endMoved = sample.container;
    std::copy_n(chunk(endMoved, 3), 16, chunk(endMoved, 0));
    expectRefused(endMoved, "the empty chunk's tag elsewhere");
    Bytes withoutEnd = sample.container;
    withoutEnd.resize(chunkAt(3));
    expectRefused(withoutEnd, "the empty chunk at the end missing");
}

TEST_F(ThreeFullChunks, AChunkOfAnotherContainerIsRefusedAtItsOwnPlace) {
    Inputs other;
    other.dataKey[7] ^= 1;
    const Bytes donor = test::encrypted(other, plaintext).container;
    for (std::size_t index = 0; index < 4; ++index) {
        Bytes mixed = sample.container;
        const std::size_t begin = chunkAt(index);
        const std::size_t size = std::min(kSealedChunkSize, mixed.size() - begin);
        std::copy_n(donor.begin() + static_cast<std::ptrdiff_t>(begin), size,
                    mixed.begin() + static_cast<std::ptrdiff_t>(begin));
        expectRefused(mixed, "chunk " + std::to_string(index));
    }
}

TEST_F(TwoPieces, TheBordersOfChunksAndPiecesCount) {
    constexpr std::size_t kBorder = kHeaderSize + kPieceSize;
    for (std::size_t index = 0; chunkAt(index) < sample.container.size(); index += 9) {
        expectRefusedWithByte(chunkAt(index), 0x01);
        expectRefusedWithByte(std::min(chunkAt(index + 1), sample.container.size()) - 1, 0x01);
    }
    for (const std::size_t at : {kBorder - 1, kBorder, kBorder + 1, sample.container.size() - 1})
        expectRefusedWithByte(at, 0x10);
    for (const std::size_t size : {kBorder - 1, kBorder, kBorder + 1}) {
        Bytes cut(sample.container.begin(), sample.container.begin() + static_cast<std::ptrdiff_t>(size));
        expectRefused(cut, "cut at " + std::to_string(size));
    }
}

TEST_F(TwoPieces, NothingUnverifiedIsPublishedBySeveralThreads) {
    for (const std::size_t index : {0u, 30u, 63u, 64u, 67u}) {
        Bytes changed = sample.container;
        changed[chunkAt(index) + 100] ^= 1;
        Bytes published;
        ASSERT_FALSE(test::decrypted(changed, inputs, sample.stored.digest, published, 3));
        ASSERT_LE(published.size(), plaintext.size());
        for (std::size_t i = 0; i < published.size(); ++i) {
            const bool damaged = i / kChunkSize == index;
            ASSERT_TRUE(published[i] == 0 || (!damaged && published[i] == plaintext[i])) << "byte " << i;
        }
    }
}

} // namespace
} // namespace ssprotect::container
