#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/base/result.h"
#include "ssprotect/crypto/secret.h"

#include <array>
#include <memory>

namespace ssprotect::crypto {

constexpr std::size_t kAesKeySize = 32;
constexpr std::size_t kGcmNonceSize = 12;
constexpr std::size_t kGcmTagSize = 16;

using GcmNonce = std::array<Byte, kGcmNonceSize>;

/// AES-256-GCM (NIST SP 800-38D) under one key, its context reused between
/// calls. One thread at a time; make one per thread. A key or a buffer of another
/// size than said ends the process.
class Aes256Gcm {
public:
    explicit Aes256Gcm(ByteView key);
    ~Aes256Gcm();
    Aes256Gcm(Aes256Gcm&&) noexcept;
    Aes256Gcm& operator=(Aes256Gcm&&) noexcept;

    /// `to` has the size of `plaintext` + 16; it may start at the same address.
    void seal(const GcmNonce& nonce, ByteView aad, ByteView plaintext, MutableByteView to);
    /// `to` has the size of `sealed` − 16. On `integrity`, `to` is wiped: nothing unverified is left in it.
    Status open(const GcmNonce& nonce, ByteView aad, ByteView sealed, MutableByteView to);

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

/// nonce ‖ ciphertext ‖ tag under a random nonce, for small things at rest. `openWithNonce` fails with `integrity`.
Bytes sealWithRandomNonce(ByteView key, ByteView aad, ByteView plaintext, Random& random);
Result<SecretBytes> openWithNonce(ByteView key, ByteView aad, ByteView sealed);

/// AES-256 key wrap, RFC 3394 (default IV). `key` has a multiple of 8 bytes and at least 16; `unwrapKey` fails with
/// `integrity`, also for a wrapped key of a size that cannot be.
Bytes wrapKey(ByteView keyEncryptionKey, ByteView key);
Result<SecretBytes> unwrapKey(ByteView keyEncryptionKey, ByteView wrapped);

} // namespace ssprotect::crypto
