#include "openssl.h"

#include <cstdio>
#include <cstdlib>

#include <openssl/core_names.h>

namespace ssprotect::crypto::openssl {

const Algorithms& algorithms() {
    static const Algorithms fetched = [] {
        Algorithms all;
        all.sha256.reset(EVP_MD_fetch(nullptr, "SHA2-256", nullptr));
        all.sha512.reset(EVP_MD_fetch(nullptr, "SHA2-512", nullptr));
        all.aes256Gcm.reset(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
        all.aes256Wrap.reset(EVP_CIPHER_fetch(nullptr, "AES-256-WRAP", nullptr));
        all.hmac.reset(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
        all.hkdf.reset(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
        all.scrypt.reset(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr));
        require(all.sha256 && all.sha512 && all.aes256Gcm && all.aes256Wrap && all.hmac && all.hkdf && all.scrypt);
        return all;
    }();
    return fetched;
}

const char* nameOf(HashAlgorithm hash) {
    switch (hash) {
    case HashAlgorithm::sha1:
        return "SHA1";
    case HashAlgorithm::sha256:
        return "SHA2-256";
    case HashAlgorithm::sha512:
        return "SHA2-512";
    }
    std::abort();
}

std::size_t sizeOf(HashAlgorithm hash) {
    switch (hash) {
    case HashAlgorithm::sha1:
        return 20;
    case HashAlgorithm::sha256:
        return sizeof(Sha256Digest);
    case HashAlgorithm::sha512:
        return sizeof(Sha512Digest);
    }
    std::abort();
}

void require(bool ok) {
    if (ok)
        return;
    std::fputs("The cryptography library failed where it must not; the program stops.\n", stderr);
    std::abort();
}

const Byte* dataOf(ByteView bytes) {
    static constexpr Byte kNothing = 0;
    return bytes.data() == nullptr ? &kNothing : bytes.data();
}

Byte* dataOf(MutableByteView bytes) {
    static Byte nothing = 0;
    return bytes.data() == nullptr ? &nothing : bytes.data();
}

} // namespace ssprotect::crypto::openssl
