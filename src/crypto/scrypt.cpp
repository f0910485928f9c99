#include "openssl.h"
#include "ssprotect/crypto/password.h"

#include <bit>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>

namespace ssprotect::crypto {
namespace {

bool within(const ScryptParameters& parameters, const ScryptLimits& limits) {
    return std::has_single_bit(parameters.n) && parameters.n >= limits.leastN && parameters.n <= limits.mostN &&
           parameters.n >= 2 && parameters.r == 8 && parameters.p == 1;
}

OSSL_PARAM bytesParameter(const char* name, ByteView value) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<Byte*>(openssl::dataOf(value)), value.size());
}

} // namespace

Result<SecretBytes> scrypt(ByteView password, ByteView salt, const ScryptParameters& parameters,
                           const ScryptLimits& limits, std::size_t length) {
    if (!within(parameters, limits))
        return makeError(ErrorCode::invalidInput, "the parameters that stretch the password are outside the limits");

    std::uint64_t n = parameters.n;
    std::uint32_t r = parameters.r;
    std::uint32_t p = parameters.p;
    // 128·r·N for the table and a few blocks more; OpenSSL's own ceiling lies below N = 2^17.
    std::uint64_t memory = 128 * r * (n + p + 4);
    const OSSL_PARAM values[] = {bytesParameter(OSSL_KDF_PARAM_PASSWORD, password),
                                 bytesParameter(OSSL_KDF_PARAM_SALT, salt),
                                 OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
                                 OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
                                 OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
                                 OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
                                 OSSL_PARAM_construct_end()};
    const openssl::Owned<EVP_KDF_CTX> context(EVP_KDF_CTX_new(openssl::algorithms().scrypt.get()));
    openssl::require(context != nullptr);
    SecretBytes output(length);
    if (EVP_KDF_derive(context.get(), output.bytes().data(), length, values) == 1)
        return output;
    ERR_clear_error();
    return makeError(ErrorCode::internal,
                     "there is not enough memory to stretch the password; close programs and try again");
}

} // namespace ssprotect::crypto
