#include "ssprotect/crypto/aead.h"
#include "support/hex.h"
#include "support/scripted_random.h"

#include <gtest/gtest.h>

namespace ssprotect::crypto {
namespace {

using test::hex;

// The GCM submission to NIST (McGrew, Viega), test case 16.
struct Published {
    Bytes key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    GcmNonce nonce{0xca, 0xfe, 0xba, 0xbe, 0xfa, 0xce, 0xdb, 0xad, 0xde, 0xca, 0xf8, 0x88};
    Bytes aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    Bytes plaintext = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                          "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    Bytes sealed = hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                       "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
};

TEST(Aes256Gcm, GivesThePublishedCiphertext) {
    const Published p;
    Aes256Gcm gcm(p.key);
    Bytes sealed(p.sealed.size());
    gcm.seal(p.nonce, p.aad, p.plaintext, sealed);
    EXPECT_EQ(sealed, p.sealed);
    Bytes opened(p.plaintext.size());
    ASSERT_TRUE(gcm.open(p.nonce, p.aad, p.sealed, opened));
    EXPECT_EQ(opened, p.plaintext);
}

TEST(Aes256Gcm, WorksInPlace) {
    const Published p;
    Aes256Gcm gcm(p.key);
    Bytes buffer = p.plaintext;
    buffer.resize(p.sealed.size());
    gcm.seal(p.nonce, p.aad, ByteView(buffer).first(p.plaintext.size()), buffer);
    EXPECT_EQ(buffer, p.sealed);
    ASSERT_TRUE(gcm.open(p.nonce, p.aad, buffer, MutableByteView(buffer).first(p.plaintext.size())));
    buffer.resize(p.plaintext.size());
    EXPECT_EQ(buffer, p.plaintext);
}

TEST(Aes256Gcm, RefusesEveryChangedByteAndWipesWhatItHadOpened) {
    const Published p;
    Aes256Gcm gcm(p.key);
    for (std::size_t i = 0; i < p.sealed.size(); ++i) {
        Bytes sealed = p.sealed;
        sealed[i] ^= 0x01;
        Bytes opened(p.plaintext.size(), 0xee);
        const Status status = gcm.open(p.nonce, p.aad, sealed, opened);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, ErrorCode::integrity);
        EXPECT_EQ(opened, Bytes(p.plaintext.size(), 0)) << "byte " << i;
    }
    Bytes opened(p.plaintext.size());
    EXPECT_TRUE(gcm.open(p.nonce, p.aad, p.sealed, opened)) << "a refusal must not spoil the context";
}

TEST(Aes256Gcm, RefusesAnotherNonceAndOtherAdditionalData) {
    const Published p;
    Aes256Gcm gcm(p.key);
    Bytes opened(p.plaintext.size());
    GcmNonce nonce = p.nonce;
    nonce[11] ^= 1;
    EXPECT_FALSE(gcm.open(nonce, p.aad, p.sealed, opened));
    EXPECT_FALSE(gcm.open(p.nonce, {}, p.sealed, opened));
    EXPECT_FALSE(gcm.open(p.nonce, p.aad, ByteView(p.sealed).first(15), {}));
}

TEST(Aes256Gcm, SealsNothingToATag) {
    const Published p;
    Aes256Gcm gcm(p.key);
    Bytes sealed(kGcmTagSize);
    gcm.seal(p.nonce, {}, {}, sealed);
    EXPECT_TRUE(gcm.open(p.nonce, {}, sealed, {}));
    sealed[0] ^= 1;
    EXPECT_FALSE(gcm.open(p.nonce, {}, sealed, {}));
}

TEST(Aes256GcmDeathTest, EndsTheProcessForAKeyOfAnotherSize) { EXPECT_DEATH(Aes256Gcm(Bytes(16)), "cryptography"); }

TEST(SealWithRandomNonce, PutsTheDrawnNonceInFrontAndOpensAgain) {
    const Bytes key(kAesKeySize, 7);
    const Bytes nonce = hex("000102030405060708090a0b");
    test::ScriptedRandom random{nonce};
    const Bytes sealed = sealWithRandomNonce(key, viewOf("names"), viewOf("report.txt"), random);
    EXPECT_EQ(Bytes(sealed.begin(), sealed.begin() + kGcmNonceSize), nonce);
    ASSERT_EQ(sealed.size(), kGcmNonceSize + 10 + kGcmTagSize);
    const auto opened = openWithNonce(key, viewOf("names"), sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(textOf(*opened), "report.txt");
}

TEST(SealWithRandomNonce, RefusesWhatIsNotAuthentic) {
    const Bytes key(kAesKeySize, 7);
    test::ScriptedRandom random{Bytes(kGcmNonceSize, 1)};
    const Bytes sealed = sealWithRandomNonce(key, {}, viewOf("secret"), random);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes changed = sealed;
        changed[i] ^= 0x80;
        EXPECT_FALSE(openWithNonce(key, {}, changed)) << "byte " << i;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        EXPECT_EQ(openWithNonce(key, {}, ByteView(sealed).first(size)).error().code, ErrorCode::integrity);
    EXPECT_FALSE(openWithNonce(key, viewOf("else"), sealed));
    EXPECT_FALSE(openWithNonce(Bytes(kAesKeySize, 8), {}, sealed));
}

} // namespace
} // namespace ssprotect::crypto
