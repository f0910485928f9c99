#pragma once

#include "body_layout.h"
#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/container/chunked_encryption.h"
#include "ssprotect/crypto/hash.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::container {

/// What all writers of one body share.
struct BodyPlan {
    platform::File& plaintext;
    std::uint64_t plaintextSize;
    platform::File& container;
    std::uint64_t offset; ///< of the body within the container
    BodySalt salt;
    BodyKeys keys;

    std::uint64_t bodySize() const { return bodySizeFor(plaintextSize); }
    std::uint64_t chunkCount() const { return chunkCountFor(plaintextSize); }
};

/// Encrypts a body piece by piece; the pieces in any order, by several threads with a PieceWriter each. A chunk across
/// the border of two pieces is sealed for both, and each writes the part that lies in it. Should the plaintext change
/// between the two, the chunk does not authenticate and the container is refused when it is read back; each of its
/// bytes is written once, so no two ciphertexts under one nonce are ever seen.
class PieceWriter {
public:
    explicit PieceWriter(const BodyPlan& plan);

    /// The SHA-256 of the piece's encrypted bytes. `changed-meanwhile` when the plaintext ends before its size.
    Result<crypto::Sha256Digest> write(std::uint64_t piece);

private:
    /// Salt and commitment, before the first chunk; gives where they end.
    std::size_t putPrefix();
    /// Reads a run of chunks and seals them to `at` in `sealed_`; gives where they end.
    Result<std::size_t> seal(const ChunkRange& chunks, std::size_t at);

    const BodyPlan* plan_;
    BodyKeys::ChunkCipher cipher_;
    WipedBytes plaintext_;
    Bytes sealed_; ///< a whole piece: each write costs the file system the same, whatever its length
};

} // namespace ssprotect::container
