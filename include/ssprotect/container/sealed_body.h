#pragma once

#include "ssprotect/container/chunked_encryption.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::container {

/// D is made of the SHA-256s of the body's pieces of this size. Pieces know nothing of chunks: a chunk may lie across
/// the border of two.
constexpr std::uint64_t kPieceSize = std::uint64_t{1} << 20;
constexpr std::uint64_t pieceCountFor(std::uint64_t bodySize) { return (bodySize + kPieceSize - 1) / kPieceSize; }

/// An encrypted body as it lies in a file, its size possible and its commitment right, so that chunks may be opened.
/// Nothing changes after `open`: any thread. The file must outlive it.
class SealedBody {
public:
    /// The body fills `size` bytes of the file from `offset`; `inputKey` and `context` as for `BodyKeys`.
    /// `data-damaged` when no plaintext gives a body of this size or the file ends before the first chunk, `integrity`
    /// when the commitment does not match, `invalid-input` for a key or context of a size that cannot be.
    static Result<SealedBody> open(platform::File& file, std::uint64_t offset, std::uint64_t size, ByteView inputKey,
                                   ByteView context);

    std::uint64_t size() const { return size_; }
    std::uint64_t plaintextSize() const { return plaintextSize_; }
    std::uint64_t chunkCount() const { return chunkCountFor(plaintextSize_); }
    std::uint64_t pieceCount() const { return pieceCountFor(size_); }

    BodyKeys::ChunkCipher cipher() const { return keys_.cipher(); }
    /// Fills `to` with the encrypted bytes from `offset` on, counted from the body's start; fewer when the file ends.
    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) const;

private:
    SealedBody(platform::File& file, std::uint64_t offset, std::uint64_t size, std::uint64_t plaintextSize,
               BodyKeys keys);

    platform::File* file_;
    std::uint64_t offset_;
    std::uint64_t size_;
    std::uint64_t plaintextSize_;
    BodyKeys keys_;
};

} // namespace ssprotect::container
