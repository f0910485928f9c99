#include "pem.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace ssprotect::crypto::openssl {
namespace {

constexpr std::size_t kLongestPem = 64 << 10;

// Without it OpenSSL would ask at the terminal.
int noPassphrase(char*, int, int, void*) { return -1; }

OwnedBio bioOver(ByteView bytes) {
    OwnedBio bio(BIO_new_mem_buf(dataOf(bytes), static_cast<int>(bytes.size())));
    require(bio != nullptr);
    return bio;
}

ByteView written(BIO& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(&bio, &data);
    require(size > 0);
    return {reinterpret_cast<const Byte*>(data), static_cast<std::size_t>(size)};
}

} // namespace

Result<OwnedCertificate> certificateFromPem(std::string_view pem) {
    if (pem.size() > kLongestPem)
        return makeError(ErrorCode::invalidInput, "the certificate is too long");
    const auto bio = bioOver(viewOf(pem));
    OwnedCertificate certificate(PEM_read_bio_X509(bio.get(), nullptr, noPassphrase, nullptr));
    const OwnedCertificate another(certificate ? PEM_read_bio_X509(bio.get(), nullptr, noPassphrase, nullptr)
                                               : nullptr);
    ERR_clear_error();
    if (!certificate)
        return makeError(ErrorCode::invalidInput, "this is no certificate in PEM form");
    if (another)
        return makeError(ErrorCode::invalidInput, "there is more than one certificate where one is expected");
    return certificate;
}

std::string pemOf(X509& certificate) {
    const OwnedBio bio(BIO_new(BIO_s_mem()));
    require(bio && PEM_write_bio_X509(bio.get(), &certificate) == 1);
    return std::string(textOf(written(*bio)));
}

Result<Owned<EVP_PKEY>> keyFromPem(const SecretBytes& pem) {
    if (pem.size() > kLongestPem)
        return makeError(ErrorCode::invalidInput, "the private key is too long");
    const auto bio = bioOver(pem);
    Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr));
    char group[32] = "";
    const bool named = key && EVP_PKEY_get_group_name(key.get(), group, sizeof(group), nullptr) == 1;
    ERR_clear_error();
    if (!named || std::string_view(group) != "prime256v1")
        return makeError(ErrorCode::invalidInput, "this is no private key on P-256 in PEM form without a passphrase");
    return key;
}

SecretBytes pemOf(EVP_PKEY& key) {
    const OwnedBio bio(BIO_new(BIO_s_secmem()));
    require(bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return SecretBytes::copyOf(written(*bio));
}

} // namespace ssprotect::crypto::openssl
