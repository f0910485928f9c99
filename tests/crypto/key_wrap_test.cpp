#include "ssprotect/crypto/aead.h"
#include "support/hex.h"

#include <gtest/gtest.h>

namespace ssprotect::crypto {
namespace {

using test::hex;

// RFC 3394, section 4.6.
const Bytes kKeyEncryptionKey = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
const Bytes kKey = hex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f");
const Bytes kWrapped = hex("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21");

TEST(KeyWrap, GivesThePublishedBytes) {
    EXPECT_EQ(wrapKey(kKeyEncryptionKey, kKey), kWrapped);
    const auto key = unwrapKey(kKeyEncryptionKey, kWrapped);
    ASSERT_TRUE(key);
    EXPECT_TRUE(equalSecrets(*key, kKey));
}

TEST(KeyWrap, RefusesEveryChangedByteAndAnotherKey) {
    for (std::size_t i = 0; i < kWrapped.size(); ++i) {
        Bytes changed = kWrapped;
        changed[i] ^= 0x40;
        const auto key = unwrapKey(kKeyEncryptionKey, changed);
        ASSERT_FALSE(key) << "byte " << i;
        EXPECT_EQ(key.error().code, ErrorCode::integrity);
    }
    EXPECT_FALSE(unwrapKey(Bytes(kAesKeySize), kWrapped));
}

TEST(KeyWrap, RefusesEveryOtherSize) {
    for (std::size_t size = 0; size < kWrapped.size(); ++size)
        EXPECT_FALSE(unwrapKey(kKeyEncryptionKey, ByteView(kWrapped).first(size))) << size;
    Bytes longer = kWrapped;
    longer.resize(kWrapped.size() + 8);
    EXPECT_FALSE(unwrapKey(kKeyEncryptionKey, longer));
}

} // namespace
} // namespace ssprotect::crypto
