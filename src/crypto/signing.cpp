#include "openssl.h"
#include "ssprotect/crypto/curves.h"

#include <openssl/err.h>

namespace ssprotect::crypto {
namespace {

constexpr char kName[] = "ED25519";

} // namespace

// OpenSSL's key object: making it costs as much as a signature, so it is kept.
struct SigningKey::Handle {
    openssl::Owned<EVP_PKEY> key;
};

SigningKey::SigningKey(SecretBytes seed) : seed_(std::move(seed)), handle_(std::make_unique<Handle>()) {
    handle_->key.reset(EVP_PKEY_new_raw_private_key_ex(nullptr, kName, nullptr, seed_.view().data(), seed_.size()));
    std::size_t size = publicKey_.size();
    openssl::require(handle_->key && EVP_PKEY_get_raw_public_key(handle_->key.get(), publicKey_.data(), &size) == 1 &&
                     size == publicKey_.size());
}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

SigningKey SigningKey::generate(Random& random) {
    SecretBytes seed(kPrivateKeySize);
    random.fill(seed.bytes());
    return SigningKey(std::move(seed));
}

Result<SigningKey> SigningKey::fromPrivate(ByteView seed) {
    if (seed.size() != kPrivateKeySize)
        return makeError(ErrorCode::invalidInput, "an Ed25519 private key has 32 bytes");
    return SigningKey(SecretBytes::copyOf(seed));
}

Signature SigningKey::sign(ByteView message) const {
    const openssl::Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    Signature signature;
    std::size_t size = signature.size();
    openssl::require(context && EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr,
                                                      handle_->key.get(), nullptr) == 1);
    openssl::require(EVP_DigestSign(context.get(), signature.data(), &size, openssl::dataOf(message), message.size()) ==
                         1 &&
                     size == signature.size());
    return signature;
}

bool verifySignature(const PublicKey& key, ByteView message, ByteView signature) {
    const openssl::Owned<EVP_PKEY> publicKey(
        EVP_PKEY_new_raw_public_key_ex(nullptr, kName, nullptr, key.data(), key.size()));
    const openssl::Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    openssl::require(context != nullptr);
    const bool good =
        publicKey &&
        EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, publicKey.get(), nullptr) == 1 &&
        EVP_DigestVerify(context.get(), openssl::dataOf(signature), signature.size(), openssl::dataOf(message),
                         message.size()) == 1;
    if (!good)
        ERR_clear_error();
    return good;
}

} // namespace ssprotect::crypto
