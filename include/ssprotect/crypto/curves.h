#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/base/result.h"
#include "ssprotect/crypto/secret.h"

#include <array>
#include <memory>

namespace ssprotect::crypto {

constexpr std::size_t kPrivateKeySize = 32;

using PublicKey = std::array<Byte, 32>;
using Signature = std::array<Byte, 64>;

/// Ed25519, RFC 8032. Several threads may sign with one key at once.
class SigningKey {
public:
    static SigningKey generate(Random& random);
    static Result<SigningKey> fromPrivate(ByteView seed); ///< 32 bytes, else `invalid-input`

    const PublicKey& publicKey() const { return publicKey_; }
    ByteView seed() const { return seed_.view(); }
    Signature sign(ByteView message) const;

    ~SigningKey();
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;

private:
    struct Handle;
    explicit SigningKey(SecretBytes seed);
    SecretBytes seed_;
    PublicKey publicKey_{};
    std::unique_ptr<Handle> handle_;
};

/// False also for a signature that has not 64 bytes and for a key that is none.
bool verifySignature(const PublicKey& key, ByteView message, ByteView signature);

/// X25519, RFC 7748. Several threads may use one key at once.
class AgreementKey {
public:
    static AgreementKey generate(Random& random);
    static Result<AgreementKey> fromPrivate(ByteView scalar);

    const PublicKey& publicKey() const { return publicKey_; }
    ByteView scalar() const { return scalar_.view(); }
    /// An all-zero result (small-order peer key) is `integrity`; a key that has not 32 bytes `invalid-input`.
    Result<SecretBytes> agree(ByteView peer) const;

private:
    explicit AgreementKey(SecretBytes scalar);
    SecretBytes scalar_;
    PublicKey publicKey_{};
};

/// RFC 9180 base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, one message.
struct HpkeMessage {
    PublicKey encapsulated{};
    Bytes ciphertext;
};
/// `info` at most 900 bytes. A recipient key of small order is `integrity`. Draws 32 random bytes: the ephemeral key.
Result<HpkeMessage> hpkeSeal(const PublicKey& recipient, ByteView info, ByteView aad, ByteView plaintext,
                             Random& random);
/// `integrity` for whatever does not authenticate.
Result<SecretBytes> hpkeOpen(const AgreementKey& recipient, ByteView info, ByteView aad, ByteView encapsulated,
                             ByteView ciphertext);

} // namespace ssprotect::crypto
