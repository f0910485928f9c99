#pragma once

#include "ssprotect/container/sealed_body.h"

#include <algorithm>

/// Where chunks and pieces lie in a body, in bytes from its start.
namespace ssprotect::container {

/// Chunks that are read, worked on and written together: enough for few system calls, few enough for the cache.
constexpr std::uint64_t kChunksPerRun = 16;

struct ChunkRange {
    std::uint64_t first = 0;
    std::uint64_t end = 0; ///< one past the last

    std::uint64_t count() const { return end - first; }
    bool empty() const { return first == end; }
};

/// The encrypted bytes [begin, end) of a piece.
struct PieceRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

inline std::uint64_t chunkBegin(std::uint64_t chunk) { return kBodyPrefixSize + chunk * kSealedChunkSize; }
inline std::uint64_t chunkEnd(std::uint64_t chunk, std::uint64_t bodySize) {
    return std::min(chunkBegin(chunk + 1), bodySize);
}

inline PieceRange pieceRange(std::uint64_t piece, std::uint64_t bodySize) {
    return {piece * kPieceSize, std::min((piece + 1) * kPieceSize, bodySize)};
}

/// The first chunk that starts at `offset` or later; may be one past the last.
inline std::uint64_t chunkFrom(std::uint64_t offset, std::uint64_t chunkCount) {
    if (offset <= kBodyPrefixSize)
        return 0;
    return std::min((offset - kBodyPrefixSize + kSealedChunkSize - 1) / kSealedChunkSize, chunkCount);
}

/// The chunks that start within the piece: those that a reader of the piece opens.
inline ChunkRange chunksStartingIn(const PieceRange& piece, std::uint64_t chunkCount) {
    return {chunkFrom(piece.begin, chunkCount), chunkFrom(piece.end, chunkCount)};
}

/// The chunks of which any byte lies in the piece: those that a writer of the piece seals.
inline ChunkRange chunksTouching(const PieceRange& piece, std::uint64_t chunkCount) {
    const std::uint64_t first = piece.begin <= kBodyPrefixSize ? 0 : (piece.begin - kBodyPrefixSize) / kSealedChunkSize;
    return {first, chunkFrom(piece.end, chunkCount)};
}

/// How many bytes of plaintext the chunks hold.
inline std::uint64_t plaintextIn(const ChunkRange& chunks, std::uint64_t plaintextSize) {
    return std::min(chunks.end * kChunkSize, plaintextSize) - std::min(chunks.first * kChunkSize, plaintextSize);
}

inline ChunkRange nextRun(const ChunkRange& chunks) {
    return {chunks.first, std::min(chunks.first + kChunksPerRun, chunks.end)};
}

} // namespace ssprotect::container
