#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/base/result.h"
#include "ssprotect/crypto/secret.h"

#include <array>

namespace ssprotect::crypto {

using PublicKey = std::array<Byte, 32>;
using Signature = std::array<Byte, 64>;

/// Ed25519, RFC 8032. Any thread, one at a time per object.
class SigningKey {
public:
    static SigningKey generate(Random& random);
    static Result<SigningKey> fromPrivate(ByteView seed); ///< 32 bytes, else `invalid-input`

    const PublicKey& publicKey() const { return publicKey_; }
    ByteView seed() const { return seed_.view(); }
    Signature sign(ByteView message) const;

private:
    explicit SigningKey(SecretBytes seed);
    SecretBytes seed_;
    PublicKey publicKey_{};
};

bool verifySignature(const PublicKey& key, ByteView message, ByteView signature);

/// X25519, RFC 7748.
class AgreementKey {
public:
    static AgreementKey generate(Random& random);
    static Result<AgreementKey> fromPrivate(ByteView scalar);

    const PublicKey& publicKey() const { return publicKey_; }
    ByteView scalar() const { return scalar_.view(); }
    /// An all-zero result (small-order peer key) is `integrity`.
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
HpkeMessage hpkeSeal(const PublicKey& recipient, ByteView info, ByteView aad, ByteView plaintext, Random& random);
Result<SecretBytes> hpkeOpen(const AgreementKey& recipient, ByteView info, ByteView aad, ByteView encapsulated,
                             ByteView ciphertext);

} // namespace ssprotect::crypto
