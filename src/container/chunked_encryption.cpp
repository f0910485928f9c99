#include "ssprotect/container/chunked_encryption.h"

#include "ssprotect/crypto/hash.h"

#include <algorithm>

namespace ssprotect::container {
namespace {

constexpr std::string_view kScheme = "c2sp.org/chunked-encryption@v1+";
constexpr std::string_view kAead = "AEAD_AES_256_GCM";
constexpr Byte kSeparator = 0;

crypto::GcmNonce nonceOf(const crypto::GcmNonce& base, std::uint64_t index) {
    constexpr std::size_t kCounterOffset = crypto::kGcmNonceSize - sizeof index;
    std::array<Byte, sizeof index> counter;
    storeBigEndian(index, counter);
    crypto::GcmNonce nonce = base;
    for (std::size_t i = 0; i < counter.size(); ++i)
        nonce[kCounterOffset + i] ^= counter[i];
    return nonce;
}

} // namespace

std::uint64_t bodySizeFor(std::uint64_t plaintextSize) {
    return kBodyPrefixSize + plaintextSize + chunkCountFor(plaintextSize) * crypto::kGcmTagSize;
}

Result<std::uint64_t> plaintextSizeFor(std::uint64_t bodySize) {
    if (bodySize < kBodyPrefixSize)
        return makeError(ErrorCode::dataDamaged, "the encrypted content is cut off before its first chunk");
    const std::uint64_t fullChunks = (bodySize - kBodyPrefixSize) / kSealedChunkSize;
    const std::uint64_t lastChunk = (bodySize - kBodyPrefixSize) % kSealedChunkSize;
    // The chunk that ends a body is shorter than the others, so a body cut at the end of a chunk has none.
    if (lastChunk < crypto::kGcmTagSize)
        return makeError(ErrorCode::dataDamaged, "the encrypted content is cut off: its last chunk is missing");
    if (fullChunks >= kMostChunks)
        return makeError(ErrorCode::dataDamaged, "the encrypted content has more chunks than can be");
    return fullChunks * kChunkSize + lastChunk - crypto::kGcmTagSize;
}

Result<BodyKeys> BodyKeys::derive(ByteView inputKey, const BodySalt& salt, ByteView context) {
    if (inputKey.size() != crypto::kAesKeySize)
        return makeError(ErrorCode::invalidInput, "the key of encrypted content has 32 bytes");
    if (context.size() > kLongestContext)
        return makeError(ErrorCode::invalidInput, "the context of encrypted content is too long");
    Bytes info;
    info.reserve(kScheme.size() + kAead.size() + 1 + salt.size() + context.size());
    append(info, viewOf(kScheme));
    append(info, viewOf(kAead));
    info.push_back(kSeparator);
    append(info, salt);
    append(info, context);
    const crypto::SecretBytes output = crypto::hkdfExpand(
        crypto::HashAlgorithm::sha512, inputKey, info, crypto::kAesKeySize + crypto::kGcmNonceSize + kCommitmentSize);

    BodyKeys keys;
    keys.key_ = crypto::SecretBytes::copyOf(output.view().first(crypto::kAesKeySize));
    std::ranges::copy(output.view().subspan(crypto::kAesKeySize, crypto::kGcmNonceSize), keys.baseNonce_.begin());
    std::ranges::copy(output.view().last(kCommitmentSize), keys.commitment_.begin());
    return keys;
}

bool BodyKeys::commits(ByteView commitment) const { return crypto::equalSecrets(commitment_, commitment); }

void BodyKeys::ChunkCipher::seal(std::uint64_t index, ByteView plaintext, MutableByteView to) {
    gcm_.seal(nonceOf(base_, index), {}, plaintext, to);
}

Status BodyKeys::ChunkCipher::open(std::uint64_t index, ByteView sealed, MutableByteView to) {
    return gcm_.open(nonceOf(base_, index), {}, sealed, to);
}

} // namespace ssprotect::container
