#include "ssprotect/base/encoding.h"
#include "ssprotect/crypto/hash.h"
#include "support/hex.h"

#include <gtest/gtest.h>

namespace ssprotect::crypto {
namespace {

using test::hex;

// FIPS 180-4, "abc".
constexpr std::string_view kAbcSha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr std::string_view kEmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Hash, GivesThePublishedDigests) {
    EXPECT_EQ(toHex(sha256({viewOf("abc")})), kAbcSha256);
    EXPECT_EQ(toHex(sha256({})), kEmptySha256);
    EXPECT_EQ(toHex(sha512({viewOf("abc")})), "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                              "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST(Hash, TakesTheConcatenationOfItsParts) {
    EXPECT_EQ(sha256({viewOf("a"), {}, viewOf("bc")}), sha256({viewOf("abc")}));
    EXPECT_EQ(sha512({viewOf("ab"), viewOf("c")}), sha512({viewOf("abc")}));
}

TEST(Hash, OfAStreamIsThatOfTheWholeAndStartsAnewAfterItsEnd) {
    Sha256 stream;
    stream.update(viewOf("a"));
    stream.update({});
    stream.update(viewOf("bc"));
    EXPECT_EQ(toHex(stream.finish()), kAbcSha256);
    EXPECT_EQ(toHex(stream.finish()), kEmptySha256);
    stream.update(viewOf("abc"));
    Sha256 moved = std::move(stream);
    EXPECT_EQ(toHex(moved.finish()), kAbcSha256);
}

TEST(Hmac, GivesThePublishedCodes) {
    // RFC 4231, test case 2; RFC 2202, test case 2.
    const ByteView key = viewOf("Jefe");
    const ByteView message = viewOf("what do ya want for nothing?");
    EXPECT_EQ(toHex(hmac(HashAlgorithm::sha256, key, {message})),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(toHex(hmac(HashAlgorithm::sha512, key, {message})),
              "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
              "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    EXPECT_EQ(toHex(hmac(HashAlgorithm::sha1, key, {message})), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST(Hmac, SignsAsDuoAuthDoes) {
    // The worked example of Duo's Auth API, version 2.
    const ByteView key = viewOf("Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep");
    const ByteView request = viewOf("Tue, 21 Aug 2012 17:29:18 -0000\nPOST\napi-xxxxxxxx.duosecurity.com\n"
                                    "/accounts/v1/account/list\nrealname=First%20Last&username=root");
    EXPECT_EQ(toHex(hmac(HashAlgorithm::sha512, key, {request})),
              "1bffb8924348f7db7da9e7d7d749ded93aafd02d8e904960da7b96c57510220185a64a2827ee8f24ac5d30802a9ee97e59de44b3"
              "04b18242f0d596d15a8122af");
    EXPECT_EQ(toHex(hmac(HashAlgorithm::sha1, key, {request})), "2d97d6166319781b5a3a07af39d366f491234edc");
}

TEST(Hmac, TakesTheConcatenationOfItsParts) {
    const ByteView key = viewOf("key");
    EXPECT_EQ(hmac(HashAlgorithm::sha256, key, {viewOf("a"), {}, viewOf("bc")}),
              hmac(HashAlgorithm::sha256, key, {viewOf("abc")}));
}

TEST(Hmac, TakesAnEmptyKey) {
    EXPECT_EQ(toHex(hmac(HashAlgorithm::sha256, {}, {})),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hkdf, GivesThePublishedKeys) {
    // RFC 5869, test cases 1 and 3.
    const Bytes key(22, 0x0b);
    EXPECT_EQ(
        toHex(hkdf(HashAlgorithm::sha256, key, hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42)),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    EXPECT_EQ(toHex(hkdf(HashAlgorithm::sha256, key, {}, {}, 42)),
              "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Hkdf, IsExtractThenExpand) {
    const Bytes key(22, 0x0b);
    const Bytes salt = hex("000102030405060708090a0b0c");
    const SecretBytes extracted = hkdfExtract(HashAlgorithm::sha256, key, salt);
    EXPECT_EQ(toHex(extracted), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"); // RFC 5869, case 1
    for (const HashAlgorithm hash : {HashAlgorithm::sha256, HashAlgorithm::sha512}) {
        const SecretBytes whole = hkdf(hash, key, salt, viewOf("info"), 100);
        EXPECT_TRUE(equalSecrets(hkdfExpand(hash, hkdfExtract(hash, key, salt), viewOf("info"), 100), whole));
    }
}

TEST(Hkdf, TakesAnInfoOf1024Bytes) {
    const Bytes info(1024, 0x5a);
    EXPECT_EQ(hkdfExpand(HashAlgorithm::sha512, Bytes(64, 1), info, 32).size(), 32u);
}

TEST(HkdfDeathTest, EndsTheProcessRatherThanGiveAKeyThatIsTooLong) {
    EXPECT_DEATH(static_cast<void>(hkdf(HashAlgorithm::sha256, Bytes(32), {}, {}, 255 * 32 + 1)), "cryptography");
}

} // namespace
} // namespace ssprotect::crypto
