#include "openssl.h"
#include "ssprotect/crypto/hash.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

namespace ssprotect::crypto {
namespace {

OSSL_PARAM bytesParameter(const char* name, ByteView value) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<Byte*>(openssl::dataOf(value)), value.size());
}

OSSL_PARAM digestParameter(const char* name, HashAlgorithm hash) {
    return OSSL_PARAM_construct_utf8_string(name, const_cast<char*>(openssl::nameOf(hash)), 0);
}

SecretBytes derive(int mode, HashAlgorithm hash, ByteView key, ByteView salt, ByteView info, std::size_t length) {
    const openssl::Owned<EVP_KDF_CTX> context(EVP_KDF_CTX_new(openssl::algorithms().hkdf.get()));
    openssl::require(context != nullptr);
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
                                     digestParameter(OSSL_KDF_PARAM_DIGEST, hash),
                                     bytesParameter(OSSL_KDF_PARAM_KEY, key),
                                     bytesParameter(OSSL_KDF_PARAM_SALT, salt),
                                     bytesParameter(OSSL_KDF_PARAM_INFO, info),
                                     OSSL_PARAM_construct_end()};
    SecretBytes output(length);
    openssl::require(EVP_KDF_derive(context.get(), output.bytes().data(), length, parameters) == 1);
    return output;
}

} // namespace

void hmac(HashAlgorithm hash, ByteView key, std::initializer_list<ByteView> parts, MutableByteView to) {
    openssl::require(to.size() == openssl::sizeOf(hash));
    const openssl::Owned<EVP_MAC_CTX> context(EVP_MAC_CTX_new(openssl::algorithms().hmac.get()));
    const OSSL_PARAM parameters[] = {digestParameter(OSSL_MAC_PARAM_DIGEST, hash), OSSL_PARAM_construct_end()};
    openssl::require(context && EVP_MAC_init(context.get(), openssl::dataOf(key), key.size(), parameters) == 1);
    for (const ByteView part : parts)
        openssl::require(EVP_MAC_update(context.get(), openssl::dataOf(part), part.size()) == 1);
    std::size_t written = 0;
    openssl::require(EVP_MAC_final(context.get(), to.data(), &written, to.size()) == 1);
}

Bytes hmac(HashAlgorithm hash, ByteView key, std::initializer_list<ByteView> parts) {
    Bytes code(openssl::sizeOf(hash));
    hmac(hash, key, parts, code);
    return code;
}

SecretBytes hkdf(HashAlgorithm hash, ByteView inputKey, ByteView salt, ByteView info, std::size_t length) {
    return derive(EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, hash, inputKey, salt, info, length);
}

SecretBytes hkdfExtract(HashAlgorithm hash, ByteView inputKey, ByteView salt) {
    SecretBytes pseudoRandomKey(openssl::sizeOf(hash));
    hmac(hash, salt, {inputKey}, pseudoRandomKey.bytes());
    return pseudoRandomKey;
}

SecretBytes hkdfExpand(HashAlgorithm hash, ByteView pseudoRandomKey, ByteView info, std::size_t length) {
    return derive(EVP_KDF_HKDF_MODE_EXPAND_ONLY, hash, pseudoRandomKey, {}, info, length);
}

} // namespace ssprotect::crypto
