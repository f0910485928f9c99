#include "openssl.h"
#include "ssprotect/crypto/aead.h"

#include <openssl/err.h>

namespace ssprotect::crypto {
namespace {

constexpr std::size_t kSemiblock = 8;
constexpr std::size_t kSmallestKey = 2 * kSemiblock; // RFC 3394: at least two semiblocks

openssl::Owned<EVP_CIPHER_CTX> wrapContext(ByteView keyEncryptionKey, bool wrap) {
    openssl::require(keyEncryptionKey.size() == kAesKeySize);
    openssl::Owned<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    openssl::require(context != nullptr);
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    openssl::require(EVP_CipherInit_ex2(context.get(), openssl::algorithms().aes256Wrap.get(), keyEncryptionKey.data(),
                                        nullptr, wrap ? 1 : 0, nullptr) == 1);
    return context;
}

} // namespace

Bytes wrapKey(ByteView keyEncryptionKey, ByteView key) {
    openssl::require(key.size() >= kSmallestKey && key.size() % kSemiblock == 0);
    const auto context = wrapContext(keyEncryptionKey, true);
    Bytes wrapped(key.size() + kSemiblock);
    int written = 0;
    openssl::require(
        EVP_EncryptUpdate(context.get(), wrapped.data(), &written, key.data(), static_cast<int>(key.size())) == 1 &&
        static_cast<std::size_t>(written) == wrapped.size());
    return wrapped;
}

Result<SecretBytes> unwrapKey(ByteView keyEncryptionKey, ByteView wrapped) {
    constexpr std::size_t kMostWrapped = 1 << 16; // no key is that long; OpenSSL counts in int
    if (wrapped.size() >= kSmallestKey + kSemiblock && wrapped.size() <= kMostWrapped &&
        wrapped.size() % kSemiblock == 0) {
        const auto context = wrapContext(keyEncryptionKey, false);
        SecretBytes key(wrapped.size() - kSemiblock);
        int written = 0;
        if (EVP_DecryptUpdate(context.get(), key.bytes().data(), &written, wrapped.data(),
                              static_cast<int>(wrapped.size())) == 1 &&
            static_cast<std::size_t>(written) == key.size())
            return key;
        ERR_clear_error();
    }
    return makeError(ErrorCode::integrity, "the wrapped key is not authentic: it was changed, or another key wraps it");
}

} // namespace ssprotect::crypto
