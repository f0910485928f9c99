#include "ssprotect/container/chunked_encryption.h"

#include <set>

#include <gtest/gtest.h>

namespace ssprotect::container {
namespace {

TEST(BodySize, IsTheInverseOfThePlaintextSize) {
    for (const std::uint64_t size :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{16383}, std::uint64_t{16384}, std::uint64_t{16385},
          std::uint64_t{1} << 20, std::uint64_t{5} << 30, kMostPlaintext})
        EXPECT_EQ(plaintextSizeFor(bodySizeFor(size)).value(), size);
    EXPECT_EQ(bodySizeFor(0), 56u + 16);
    EXPECT_EQ(bodySizeFor(16383), 56u + 16399);
    EXPECT_EQ(bodySizeFor(16384), 56u + 16400 + 16);
}

TEST(BodySize, ThatNoPlaintextGivesIsDamage) {
    std::set<std::uint64_t> possible;
    for (std::uint64_t size = 0; size < 40000; ++size)
        possible.insert(bodySizeFor(size));
    for (std::uint64_t size = 0; size <= bodySizeFor(39999); ++size) {
        const auto plaintextSize = plaintextSizeFor(size);
        ASSERT_EQ(plaintextSize.ok(), possible.contains(size)) << size;
        if (!plaintextSize) {
            ASSERT_EQ(plaintextSize.error().code, ErrorCode::dataDamaged);
        }
    }
}

TEST(BodySize, OfMoreChunksThanCanBeIsDamage) {
    EXPECT_FALSE(plaintextSizeFor(bodySizeFor(kMostPlaintext) + 1));
    EXPECT_FALSE(plaintextSizeFor(bodySizeFor(kMostPlaintext) + 17));
    EXPECT_FALSE(plaintextSizeFor(~std::uint64_t{0}));
}

TEST(BodyKeys, NeedAKeyOf32BytesAndABoundedContext) {
    const BodySalt salt{};
    EXPECT_EQ(BodyKeys::derive(Bytes(31), salt, {}).error().code, ErrorCode::invalidInput);
    EXPECT_EQ(BodyKeys::derive(Bytes(33), salt, {}).error().code, ErrorCode::invalidInput);
    EXPECT_EQ(BodyKeys::derive({}, salt, {}).error().code, ErrorCode::invalidInput);
    EXPECT_TRUE(BodyKeys::derive(Bytes(32), salt, Bytes(kLongestContext)));
    EXPECT_EQ(BodyKeys::derive(Bytes(32), salt, Bytes(kLongestContext + 1)).error().code, ErrorCode::invalidInput);
}

TEST(BodyKeys, CommitToKeySaltAndContext) {
    BodySalt salt{};
    const auto commitment = BodyKeys::derive(Bytes(32, 1), salt, viewOf("context"))->commitment();
    EXPECT_TRUE(BodyKeys::derive(Bytes(32, 1), salt, viewOf("context"))->commits(commitment));
    EXPECT_FALSE(BodyKeys::derive(Bytes(32, 2), salt, viewOf("context"))->commits(commitment));
    EXPECT_FALSE(BodyKeys::derive(Bytes(32, 1), salt, viewOf("Context"))->commits(commitment));
    salt[23] = 1;
    EXPECT_FALSE(BodyKeys::derive(Bytes(32, 1), salt, viewOf("context"))->commits(commitment));
    EXPECT_FALSE(BodyKeys::derive(Bytes(32, 1), {}, viewOf("context"))->commits(ByteView(commitment).first(31)));
}

TEST(ChunkCipher, OpensAChunkAtItsOwnIndexAlone) {
    const auto keys = BodyKeys::derive(Bytes(32, 1), {}, {});
    auto cipher = keys->cipher();
    for (const std::uint64_t index : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{255}, std::uint64_t{256},
                                      std::uint64_t{65536}, kMostChunks - 1}) {
        Bytes sealed(7 + 16);
        cipher.seal(index, viewOf("content"), sealed);
        Bytes opened(7);
        ASSERT_TRUE(cipher.open(index, sealed, opened));
        EXPECT_EQ(textOf(opened), "content");
        EXPECT_FALSE(cipher.open(index ^ 1, sealed, opened));
        EXPECT_FALSE(cipher.open(index ^ (std::uint64_t{1} << 37), sealed, opened));
    }
}

} // namespace
} // namespace ssprotect::container
