#pragma once

#include "pem.h"
#include "ssprotect/crypto/certificate.h"

/// What is written into and read from a certificate.
namespace ssprotect::crypto::openssl {

/// Version, serial number, term and names; the key and the extensions come after.
OwnedCertificate blankCertificate(std::string_view subject, X509_NAME* issuer, TimePoint from, TimePoint until,
                                  Random& random);

/// `value` as openssl's configuration writes it. The certificate's issuer must have its own key set already.
void addExtension(X509& certificate, X509& issuer, int nid, const std::string& value);

/// The subject alternative names in the form of `addExtension`: "DNS:a,IP:1.2.3.4". `invalid-input` for one that is
/// neither a host name nor an address.
Result<std::string> alternativeNames(std::span<const std::string> names);

CertificateFacts factsOf(X509& certificate);

} // namespace ssprotect::crypto::openssl
