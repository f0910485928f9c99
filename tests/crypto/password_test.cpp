#include "ssprotect/base/encoding.h"
#include "ssprotect/crypto/password.h"
#include "support/hex.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace ssprotect::crypto {
namespace {

constexpr ScryptLimits kSmall{.leastN = 2, .mostN = 1 << 20};

TEST(Scrypt, GivesThePublishedKey) {
    // RFC 7914, section 12, third vector.
    const auto key = scrypt(viewOf("pleaseletmein"), viewOf("SodiumChloride"), {.n = 16384}, kSmall, 64);
    ASSERT_TRUE(key);
    EXPECT_EQ(toHex(*key), "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                           "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

TEST(Scrypt, WorksAtTheStrengthThatAccountsUse) {
    const auto key = scrypt(viewOf("password"), viewOf("0123456789abcdef"), {}, {}, 32);
    ASSERT_TRUE(key) << "128 MiB are above OpenSSL's own ceiling, so that has to be raised";
    EXPECT_EQ(toHex(*key), "a139de4f4c7cbb31ab2cf6cb91f20eb098548d837319af858b53ac061c815c14");
}

TEST(Scrypt, RefusesParametersOutsideTheLimits) {
    const auto refused = [](const ScryptParameters& parameters, const ScryptLimits& limits = {}) {
        const auto key = scrypt(viewOf("password"), viewOf("salt"), parameters, limits, 32);
        return !key && key.error().code == ErrorCode::invalidInput;
    };
    EXPECT_TRUE(refused({.n = 1 << 16}));
    EXPECT_TRUE(refused({.n = 1 << 21}));
    EXPECT_TRUE(refused({.n = (1 << 17) + 1}));
    EXPECT_TRUE(refused({.n = 3 << 16}));
    EXPECT_TRUE(refused({.n = 1 << 17, .r = 9}));
    EXPECT_TRUE(refused({.n = 1 << 17, .r = 0}));
    EXPECT_TRUE(refused({.n = 1 << 17, .p = 2}));
    EXPECT_TRUE(refused({.n = 1 << 17, .p = 0}));
    EXPECT_TRUE(refused({.n = std::uint64_t{1} << 63}));
    EXPECT_TRUE(refused({.n = 0}, {.leastN = 0}));
    EXPECT_TRUE(refused({.n = 1}, {.leastN = 0}));
}

// RFC 7677, section 3.
constexpr std::string_view kAuthMessage = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
                                          "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                          "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                                          "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

Bytes publishedSaltedPassword() {
    constexpr std::string_view kPassword = "pencil";
    const Bytes salt = fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==").value();
    Bytes salted(32);
    EXPECT_EQ(PKCS5_PBKDF2_HMAC(kPassword.data(), static_cast<int>(kPassword.size()), salt.data(),
                                static_cast<int>(salt.size()), 4096, EVP_sha256(), 32, salted.data()),
              1);
    return salted;
}

TEST(Scram, GivesThePublishedProofAndServerSignature) {
    const Bytes salted = publishedSaltedPassword();
    EXPECT_EQ(toBase64(scramClientProof(salted, viewOf(kAuthMessage))), "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    EXPECT_EQ(toBase64(scramServerSignature(scramVerifier(salted), viewOf(kAuthMessage))),
              "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
}

TEST(Scram, AcceptsTheProofOfThisPasswordForThisMessageAlone) {
    const Bytes salted = publishedSaltedPassword();
    const ScramVerifier verifier = scramVerifier(salted);
    Sha256Digest proof = scramClientProof(salted, viewOf(kAuthMessage));
    EXPECT_TRUE(scramVerifyClient(verifier, viewOf(kAuthMessage), proof));
    EXPECT_FALSE(scramVerifyClient(verifier, viewOf("n=other"), proof));
    EXPECT_FALSE(scramVerifyClient(verifier, viewOf(kAuthMessage), ByteView(proof).first(31)));
    EXPECT_FALSE(scramVerifyClient(verifier, viewOf(kAuthMessage), scramClientProof(Bytes(32), viewOf(kAuthMessage))));
    for (Byte& byte : proof) {
        byte ^= 0x10;
        EXPECT_FALSE(scramVerifyClient(verifier, viewOf(kAuthMessage), proof));
        byte ^= 0x10;
    }
}

} // namespace
} // namespace ssprotect::crypto
