#include "ssprotect/crypto/certificate.h"
#include "support/manual_clock.h"
#include "support/seeded_random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::crypto {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CertificateTest : public testing::Test {
protected:
    Result<CertifiedKey> serverFor(std::vector<std::string> names) {
        return makeServerCertificate(authority_, names, clock_.now(), random_);
    }

    test::ManualClock clock_;
    test::SeededRandom random_{1};
    const CertifiedKey authority_ = *makeCertificateAuthority("KODiAC of Example", clock_.now(), random_);
};

TEST_F(CertificateTest, AnAuthoritySaysWhoItIsAndLastsTenYears) {
    const auto facts = readCertificate(authority_.certificate);
    ASSERT_TRUE(facts.ok());
    EXPECT_EQ(facts->subject, "KODiAC of Example");
    EXPECT_TRUE(facts->authority);
    EXPECT_EQ(facts->until, std::chrono::floor<std::chrono::seconds>(clock_.now() + kAuthorityLife));
    EXPECT_LT(facts->from, clock_.now());
    EXPECT_TRUE(checkKeyBelongs(authority_.certificate, authority_.key).ok());
}

TEST_F(CertificateTest, AServerCertificateHoldsForItsNamesAndAddresses) {
    const auto server = serverFor({"kodiac.example.org", "10.1.2.3", "::1"});
    ASSERT_TRUE(server.ok()) << server.error().message;
    const auto facts = readCertificate(server->certificate);
    EXPECT_THAT(facts->names, ElementsAre("kodiac.example.org", "10.1.2.3", "0000:0000:0000:0000:0000:0000:0000:0001"));
    EXPECT_FALSE(facts->authority);
    EXPECT_TRUE(checkIssuedBy(server->certificate, authority_.certificate).ok());
    EXPECT_TRUE(checkKeyBelongs(server->certificate, server->key).ok());
    EXPECT_FALSE(checkKeyBelongs(server->certificate, authority_.key).ok());
}

TEST_F(CertificateTest, NamesThatAreNoneAreRefused) {
    for (const std::string name : {"", "a b", "a,DNS:evil.example.org", "-a", "a..b", "*", "a\nb", "1.2.3.4/24"})
        EXPECT_FALSE(serverFor({name}).ok()) << name;
    EXPECT_FALSE(serverFor({}).ok());
    EXPECT_FALSE(makeCertificateAuthority("", clock_.now(), random_).ok());
    EXPECT_FALSE(makeCertificateAuthority(std::string(65, 'a'), clock_.now(), random_).ok());
}

TEST_F(CertificateTest, ALongHostNameIsStillTheAlternativeName) {
    const std::string name = std::string(60, 'a') + "." + std::string(60, 'b') + ".example.org";
    const auto server = serverFor({name});
    ASSERT_TRUE(server.ok());
    EXPECT_THAT(readCertificate(server->certificate)->names, ElementsAre(name));
}

TEST_F(CertificateTest, AnotherAuthorityOfTheSameNameIssuedNothingOfIt) {
    const auto other = makeCertificateAuthority("KODiAC of Example", clock_.now(), random_);
    const auto server = serverFor({"kodiac.example.org"});
    const auto status = checkIssuedBy(server->certificate, other->certificate);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::integrity);
    EXPECT_FALSE(checkIssuedBy(server->certificate, server->certificate).ok());
}

TEST_F(CertificateTest, AKeyThatIsNotTheAuthoritysIssuesNothing) {
    const auto other = makeCertificateAuthority("another", clock_.now(), random_);
    const CertifiedKey mixed{authority_.certificate, other->key.clone()};
    const auto server = makeServerCertificate(mixed, std::vector<std::string>{"a.example.org"}, clock_.now(), random_);
    ASSERT_FALSE(server.ok());
    EXPECT_EQ(server.error().code, ErrorCode::integrity);
}

TEST_F(CertificateTest, IsDueForRenewalInTheLastThirdOfItsLife) {
    const auto facts = readCertificate(serverFor({"a.example.org"})->certificate);
    EXPECT_FALSE(renewalDue(*facts, clock_.now() + std::chrono::days(200)));
    EXPECT_TRUE(renewalDue(*facts, clock_.now() + std::chrono::days(300)));
    EXPECT_TRUE(renewalDue(*facts, clock_.now() + std::chrono::days(500)));
}

TEST_F(CertificateTest, AServerCertificateEndsNoLaterThanItsAuthorityAndNoneComesAfter) {
    clock_.advance(kAuthorityLife - std::chrono::days(10));
    const auto late = serverFor({"a.example.org"});
    EXPECT_EQ(readCertificate(late->certificate)->until, readCertificate(authority_.certificate)->until);
    clock_.advance(std::chrono::days(11));
    const auto after = serverFor({"a.example.org"});
    ASSERT_FALSE(after.ok());
    EXPECT_EQ(after.error().code, ErrorCode::expired);
}

TEST_F(CertificateTest, TheNextAuthorityIsVouchedForByThePresentOne) {
    const auto next = makeCertificateAuthority("next", clock_.now(), random_);
    const Bytes message = nextAuthorityBytes(next->certificate);
    const auto signature = signWithCertificateKey(authority_.key, message);
    ASSERT_TRUE(signature.ok());
    EXPECT_TRUE(verifyWithCertificate(authority_.certificate, message, *signature).ok());
    EXPECT_FALSE(verifyWithCertificate(next->certificate, message, *signature).ok());
    Bytes other = message;
    other.back() ^= 1;
    EXPECT_FALSE(verifyWithCertificate(authority_.certificate, other, *signature).ok());
    EXPECT_FALSE(verifyWithCertificate(authority_.certificate, message, {}).ok());
}

TEST_F(CertificateTest, TextThatIsNoCertificateIsRefused) {
    const std::string pem = authority_.certificate;
    EXPECT_FALSE(readCertificate("").ok());
    EXPECT_FALSE(readCertificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").ok());
    EXPECT_FALSE(readCertificate(pem + pem).ok());
    EXPECT_FALSE(readCertificate(std::string(1 << 20, 'A') + pem).ok());
    EXPECT_FALSE(readCertificate(textOf(authority_.key)).ok());
    for (std::size_t i = 0; i < pem.size(); i += 7) {
        EXPECT_FALSE(readCertificate(pem.substr(0, i)).ok()) << i;
        if (i < 64 || i + 64 > pem.size() || pem[i] == '\n')
            continue; // not in what is signed
        std::string changed = pem;
        changed[i] = static_cast<char>(changed[i] ^ 0x15);
        const auto facts = readCertificate(changed); // may still be a certificate, then not that one's
        EXPECT_TRUE(!facts || facts->fingerprint != readCertificate(pem)->fingerprint) << i;
    }
}

TEST_F(CertificateTest, AnEncryptedOrForeignPrivateKeyIsRefusedWithoutAskingForAPassphrase) {
    const std::string_view encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                                       "MIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBBpbm52YWxpZHNhbHQx\n"
                                       "-----END ENCRYPTED PRIVATE KEY-----\n";
    EXPECT_FALSE(signWithCertificateKey(SecretBytes::copyOf(viewOf(encrypted)), {}).ok());
    EXPECT_FALSE(signWithCertificateKey({}, {}).ok());
    EXPECT_FALSE(checkKeyBelongs(authority_.certificate, {}).ok());
    EXPECT_THAT(std::string(textOf(authority_.key)), HasSubstr("BEGIN PRIVATE KEY"));
}

} // namespace
} // namespace ssprotect::crypto
