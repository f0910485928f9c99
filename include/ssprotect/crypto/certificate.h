#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/random.h"
#include "ssprotect/crypto/hash.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// KODiAC's own certificate authority (X.509, ECDSA on P-256 with SHA-256): one CA that clients pin, and the server
/// certificates under it. Certificates are PEM text; private keys are PEM (PKCS #8, not encrypted) in SecretBytes. Any
/// thread. Text from outside that is no such PEM is `invalid-input`, whatever it holds.
namespace ssprotect::crypto {

constexpr Duration kAuthorityLife = std::chrono::days(3652);
constexpr Duration kServerCertificateLife = std::chrono::days(365);

struct CertifiedKey {
    std::string certificate;
    SecretBytes key;
};

/// A self-signed CA for `kAuthorityLife`; it may issue server certificates, no further CA. `name` is what people see
/// of it, 1 to 64 bytes. The key comes from OpenSSL's generator, the serial number from `random`.
Result<CertifiedKey> makeCertificateAuthority(std::string_view name, TimePoint now, Random& random);

/// A server certificate under `authority` with a new key, for host names and IP addresses (RFC 6125: all of them as
/// subject alternative names, the first also as the subject), valid for `kServerCertificateLife` or as long as the CA.
/// `invalid-input` for a name that is neither or for none, `expired` under a CA that is.
Result<CertifiedKey> makeServerCertificate(const CertifiedKey& authority, std::span<const std::string> names,
                                           TimePoint now, Random& random);

struct CertificateFacts {
    std::string subject;
    std::vector<std::string> names; ///< host names and addresses it holds for
    TimePoint from{};
    TimePoint until{};
    bool authority = false;
    Sha256Digest fingerprint{}; ///< of its DER form
};

/// Of the only certificate in `pem`.
Result<CertificateFacts> readCertificate(std::string_view pem);

/// True in the last third of its life and after it.
bool renewalDue(const CertificateFacts& facts, TimePoint now);

/// Whether `certificate` is signed by `authority`, a CA; `integrity` if not. Times are not looked at.
Status checkIssuedBy(std::string_view certificate, std::string_view authority);

/// `integrity` unless the private key is the one of the certificate.
Status checkKeyBelongs(std::string_view certificate, const SecretBytes& key);

/// A detached ECDSA signature (DER) by the key of a certificate.
Result<Bytes> signWithCertificateKey(const SecretBytes& key, ByteView message);
/// `integrity` unless the key of `certificate` signed `message`.
Status verifyWithCertificate(std::string_view certificate, ByteView message, ByteView signature);

/// "ssprotect/next-ca/v1" ‖ certificate: what the present CA's key signs so that its clients pin the next CA.
Bytes nextAuthorityBytes(std::string_view certificate);

} // namespace ssprotect::crypto
