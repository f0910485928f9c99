#include "ssprotect/crypto/certificate.h"

#include "certificate_fields.h"

#include <algorithm>

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace ssprotect::crypto {
namespace {

using openssl::require;

constexpr std::size_t kLongestSubject = 64;
constexpr Duration kClockSkew = std::chrono::days(1); // of hosts whose clock is behind

openssl::Owned<EVP_PKEY> newKey() {
    openssl::Owned<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    require(key != nullptr);
    return key;
}

CertifiedKey signedBy(X509& certificate, EVP_PKEY& issuerKey, EVP_PKEY& key) {
    require(X509_sign(&certificate, &issuerKey, openssl::algorithms().sha256.get()) > 0);
    return {openssl::pemOf(certificate), openssl::pemOf(key)};
}

} // namespace

Result<CertifiedKey> makeCertificateAuthority(std::string_view name, TimePoint now, Random& random) {
    if (name.empty() || name.size() > kLongestSubject)
        return makeError(ErrorCode::invalidInput, "the name of a certificate authority has 1 to 64 bytes");
    const auto key = newKey();
    const auto certificate = openssl::blankCertificate(name, nullptr, now - kClockSkew, now + kAuthorityLife, random);
    X509& self = *certificate;
    require(X509_set_pubkey(&self, key.get()) == 1);
    openssl::addExtension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    openssl::addExtension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
    openssl::addExtension(self, self, NID_subject_key_identifier, "hash");
    return signedBy(self, *key, *key);
}

Result<CertifiedKey> makeServerCertificate(const CertifiedKey& authority, std::span<const std::string> names,
                                           TimePoint now, Random& random) {
    auto issuer = openssl::certificateFromPem(authority.certificate);
    if (!issuer)
        return std::move(issuer).error();
    auto issuerKey = openssl::keyFromPem(authority.key);
    if (!issuerKey)
        return std::move(issuerKey).error();
    if (auto belongs = checkKeyBelongs(authority.certificate, authority.key); !belongs)
        return std::move(belongs).error();
    const auto alternatives = openssl::alternativeNames(names);
    if (!alternatives)
        return alternatives.error();
    const TimePoint end = openssl::factsOf(**issuer).until;
    if (end <= now)
        return makeError(ErrorCode::expired, "the certificate authority has expired: make a new one");

    const auto key = newKey();
    const auto certificate = openssl::blankCertificate(std::string_view(names.front()).substr(0, kLongestSubject),
                                                       X509_get_subject_name(issuer->get()), now - kClockSkew,
                                                       std::min<TimePoint>(now + kServerCertificateLife, end), random);
    X509& server = *certificate;
    require(X509_set_pubkey(&server, key.get()) == 1);
    openssl::addExtension(server, **issuer, NID_basic_constraints, "critical,CA:FALSE");
    openssl::addExtension(server, **issuer, NID_key_usage, "critical,digitalSignature");
    openssl::addExtension(server, **issuer, NID_ext_key_usage, "serverAuth");
    openssl::addExtension(server, **issuer, NID_subject_key_identifier, "hash");
    openssl::addExtension(server, **issuer, NID_authority_key_identifier, "keyid:always");
    openssl::addExtension(server, **issuer, NID_subject_alt_name, *alternatives);
    return signedBy(server, **issuerKey, *key);
}

Result<CertificateFacts> readCertificate(std::string_view pem) {
    auto certificate = openssl::certificateFromPem(pem);
    if (!certificate)
        return std::move(certificate).error();
    return openssl::factsOf(**certificate);
}

bool renewalDue(const CertificateFacts& facts, TimePoint now) {
    return facts.until - now < (facts.until - facts.from) / 3;
}

Status checkIssuedBy(std::string_view certificate, std::string_view authority) {
    auto issued = openssl::certificateFromPem(certificate);
    if (!issued)
        return std::move(issued).error();
    auto issuer = openssl::certificateFromPem(authority);
    if (!issuer)
        return std::move(issuer).error();
    const bool genuine = X509_check_ca(issuer->get()) == 1 &&
                         X509_verify(issued->get(), X509_get0_pubkey(issuer->get())) == 1 &&
                         X509_check_issued(issuer->get(), issued->get()) == X509_V_OK;
    ERR_clear_error();
    return genuine ? Status() : makeError(ErrorCode::integrity, "the certificate is not one of this authority");
}

Status checkKeyBelongs(std::string_view certificate, const SecretBytes& key) {
    auto shown = openssl::certificateFromPem(certificate);
    if (!shown)
        return std::move(shown).error();
    auto secret = openssl::keyFromPem(key);
    if (!secret)
        return std::move(secret).error();
    const bool same = X509_check_private_key(shown->get(), secret->get()) == 1;
    ERR_clear_error();
    return same ? Status() : makeError(ErrorCode::integrity, "the private key is not the one of the certificate");
}

Result<Bytes> signWithCertificateKey(const SecretBytes& key, ByteView message) {
    auto secret = openssl::keyFromPem(key);
    if (!secret)
        return std::move(secret).error();
    const openssl::Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    require(context &&
            EVP_DigestSignInit_ex(context.get(), nullptr, "SHA2-256", nullptr, nullptr, secret->get(), nullptr) == 1);
    std::size_t size = 0;
    require(EVP_DigestSign(context.get(), nullptr, &size, openssl::dataOf(message), message.size()) == 1);
    Bytes signature(size);
    require(EVP_DigestSign(context.get(), signature.data(), &size, openssl::dataOf(message), message.size()) == 1);
    signature.resize(size);
    return signature;
}

Status verifyWithCertificate(std::string_view certificate, ByteView message, ByteView signature) {
    auto shown = openssl::certificateFromPem(certificate);
    if (!shown)
        return std::move(shown).error();
    EVP_PKEY* key = X509_get0_pubkey(shown->get());
    const openssl::Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    require(context != nullptr);
    const bool good =
        key != nullptr && EVP_PKEY_is_a(key, "EC") == 1 &&
        EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA2-256", nullptr, nullptr, key, nullptr) == 1 &&
        EVP_DigestVerify(context.get(), openssl::dataOf(signature), signature.size(), openssl::dataOf(message),
                         message.size()) == 1;
    ERR_clear_error();
    return good ? Status() : makeError(ErrorCode::integrity, "the signature is not one of this certificate's key");
}

Bytes nextAuthorityBytes(std::string_view certificate) {
    Bytes bytes = copyOf(viewOf("ssprotect/next-ca/v1"));
    append(bytes, viewOf(certificate));
    return bytes;
}

} // namespace ssprotect::crypto
