#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/crypto/aead.h"
#include "ssprotect/crypto/secret.h"

#include <array>
#include <cstdint>

/// C2SP chunked-encryption v1 with AEAD_AES_256_GCM and HKDF-Expand-SHA-512: the container's body.
namespace ssprotect::container {

constexpr std::size_t kChunkSize = 16 * 1024;
constexpr std::size_t kSealedChunkSize = kChunkSize + crypto::kGcmTagSize;
constexpr std::size_t kSaltSize = 24;
constexpr std::size_t kCommitmentSize = 32;
constexpr std::size_t kBodyPrefixSize = kSaltSize + kCommitmentSize;
constexpr std::uint64_t kMostChunks = std::uint64_t{1} << 38;

constexpr std::uint64_t kMostPlaintext = kMostChunks * kChunkSize - 1;

constexpr std::uint64_t chunkCountFor(std::uint64_t plaintextSize) { return plaintextSize / kChunkSize + 1; }
/// The last chunk is always shorter than kChunkSize and may be empty. At most kMostPlaintext.
std::uint64_t bodySizeFor(std::uint64_t plaintextSize);
/// `data-damaged` for a size that no plaintext gives (a body that ends on a full chunk is truncated).
Result<std::uint64_t> plaintextSizeFor(std::uint64_t bodySize);

/// OpenSSL takes an HKDF info of 1,024 bytes; the scheme's own part of it takes 73.
constexpr std::size_t kLongestContext = 951;

using BodySalt = std::array<Byte, kSaltSize>;

/// Key, base nonce and commitment of one body.
class BodyKeys {
public:
    /// `invalid-input` unless `inputKey` has 32 bytes and `context` at most kLongestContext.
    static Result<BodyKeys> derive(ByteView inputKey, const BodySalt& salt, ByteView context);

    const std::array<Byte, kCommitmentSize>& commitment() const { return commitment_; }
    /// Constant time; checked before any chunk is opened.
    bool commits(ByteView commitment) const;

    /// One thread at a time per cipher; make one per thread.
    class ChunkCipher {
    public:
        /// `to`: plaintext.size() + 16.
        void seal(std::uint64_t index, ByteView plaintext, MutableByteView to);
        /// `to`: sealed.size() − 16, wiped on `integrity`.
        Status open(std::uint64_t index, ByteView sealed, MutableByteView to);

    private:
        friend class BodyKeys;
        ChunkCipher(ByteView key, const crypto::GcmNonce& base) : gcm_(key), base_(base) {}
        crypto::Aes256Gcm gcm_;
        crypto::GcmNonce base_;
    };
    ChunkCipher cipher() const { return {key_, baseNonce_}; }

private:
    crypto::SecretBytes key_;
    crypto::GcmNonce baseNonce_{};
    std::array<Byte, kCommitmentSize> commitment_{};
};

} // namespace ssprotect::container
