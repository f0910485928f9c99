#pragma once

#include "ssprotect/crypto/hash.h"

#include <memory>

#include <openssl/evp.h>
#include <openssl/kdf.h>

/// What the files of this folder share of OpenSSL: owners of its handles, and the algorithms, fetched once (a
/// fetch by name for every call is slow in OpenSSL 3.0).
namespace ssprotect::crypto::openssl {

struct Free {
    void operator()(EVP_CIPHER* p) const { EVP_CIPHER_free(p); }
    void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
    void operator()(EVP_KDF* p) const { EVP_KDF_free(p); }
    void operator()(EVP_KDF_CTX* p) const { EVP_KDF_CTX_free(p); }
    void operator()(EVP_MAC* p) const { EVP_MAC_free(p); }
    void operator()(EVP_MAC_CTX* p) const { EVP_MAC_CTX_free(p); }
    void operator()(EVP_MD* p) const { EVP_MD_free(p); }
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
    void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
};

template <class Handle> using Owned = std::unique_ptr<Handle, Free>;

struct Algorithms {
    Owned<EVP_MD> sha256;
    Owned<EVP_MD> sha512;
    Owned<EVP_CIPHER> aes256Gcm;
    Owned<EVP_CIPHER> aes256Wrap;
    Owned<EVP_MAC> hmac;
    Owned<EVP_KDF> hkdf;
    Owned<EVP_KDF> scrypt;
};

/// Fetched at the first call, the same for the life of the process. Any thread.
const Algorithms& algorithms();

/// The name under which OpenSSL knows the hash.
const char* nameOf(HashAlgorithm hash);
std::size_t sizeOf(HashAlgorithm hash);

/// Ends the process unless `ok`. For calls that fail only without memory, without a provider or for arguments
/// that break a contract: going on would mean to work with bytes that are not what they are taken for.
void require(bool ok);

/// OpenSSL takes a null pointer as "not given", also where an empty value is meant.
const Byte* dataOf(ByteView bytes);
Byte* dataOf(MutableByteView bytes);

} // namespace ssprotect::crypto::openssl
