#include "openssl.h"
#include "ssprotect/crypto/curves.h"

#include <openssl/err.h>

namespace ssprotect::crypto {
namespace {

constexpr char kName[] = "X25519";
constexpr std::size_t kSharedSize = 32;

openssl::Owned<EVP_PKEY> privateKey(ByteView scalar) {
    openssl::Owned<EVP_PKEY> key(
        EVP_PKEY_new_raw_private_key_ex(nullptr, kName, nullptr, scalar.data(), scalar.size()));
    openssl::require(key != nullptr);
    return key;
}

} // namespace

AgreementKey::AgreementKey(SecretBytes scalar) : scalar_(std::move(scalar)) {
    std::size_t size = publicKey_.size();
    openssl::require(EVP_PKEY_get_raw_public_key(privateKey(scalar_).get(), publicKey_.data(), &size) == 1 &&
                     size == publicKey_.size());
}

AgreementKey AgreementKey::generate(Random& random) {
    SecretBytes scalar(kPrivateKeySize);
    random.fill(scalar.bytes());
    return AgreementKey(std::move(scalar));
}

Result<AgreementKey> AgreementKey::fromPrivate(ByteView scalar) {
    if (scalar.size() != kPrivateKeySize)
        return makeError(ErrorCode::invalidInput, "an X25519 private key has 32 bytes");
    return AgreementKey(SecretBytes::copyOf(scalar));
}

Result<SecretBytes> AgreementKey::agree(ByteView peer) const {
    if (peer.size() != sizeof(PublicKey))
        return makeError(ErrorCode::invalidInput, "an X25519 public key has 32 bytes");
    const auto own = privateKey(scalar_);
    const openssl::Owned<EVP_PKEY> other(
        EVP_PKEY_new_raw_public_key_ex(nullptr, kName, nullptr, peer.data(), peer.size()));
    const openssl::Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, own.get(), nullptr));
    openssl::require(other && context && EVP_PKEY_derive_init(context.get()) == 1 &&
                     EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1);
    SecretBytes shared(kSharedSize);
    std::size_t size = shared.size();
    if (EVP_PKEY_derive(context.get(), shared.bytes().data(), &size) == 1 && size == kSharedSize)
        return shared;
    ERR_clear_error();
    return makeError(ErrorCode::integrity, "the other side's key is of small order and gives no secret");
}

} // namespace ssprotect::crypto
