#pragma once

#include "openssl.h"
#include "ssprotect/base/result.h"

#include <string>
#include <string_view>

#include <openssl/x509.h>

/// Certificates and private keys of OpenSSL, to and from PEM text.
namespace ssprotect::crypto::openssl {

struct FreeX509 {
    void operator()(X509* p) const { X509_free(p); }
    void operator()(BIO* p) const { BIO_free_all(p); }
};
using OwnedCertificate = std::unique_ptr<X509, FreeX509>;
using OwnedBio = std::unique_ptr<BIO, FreeX509>;

/// The only certificate in the text; `invalid-input` for none, more than one, or text beyond 64 KiB.
Result<OwnedCertificate> certificateFromPem(std::string_view pem);
std::string pemOf(X509& certificate);

/// Only keys on P-256; an encrypted one is `invalid-input` (nobody is asked for a passphrase).
Result<Owned<EVP_PKEY>> keyFromPem(const SecretBytes& pem);
SecretBytes pemOf(EVP_PKEY& key);

} // namespace ssprotect::crypto::openssl
