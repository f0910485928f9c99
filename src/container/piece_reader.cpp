#include "ssprotect/container/piece_reader.h"

#include "body_layout.h"

#include <string>

namespace ssprotect::container {

/// A part of a piece: its encrypted bytes [begin, end), which end with `chunks`, whole.
struct PieceReader::Run {
    ChunkRange chunks;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// What is wanted of a piece; what is null is not.
struct PieceReader::Task {
    const Sink* sink = nullptr;
    crypto::Sha256* hash = nullptr;
    std::vector<DamagedRange>* damaged = nullptr;
};

PieceReader::PieceReader(const SealedBody& body) : body_(&body), cipher_(body.cipher()) {
    // The first run of a piece has the end of the last piece's chunk in front.
    sealed_.resize(std::min<std::uint64_t>((kChunksPerRun + 1) * kSealedChunkSize, body.size()));
    plaintext_.resize(std::min<std::uint64_t>(kChunksPerRun * kChunkSize, body.plaintextSize()));
}

Result<crypto::Sha256Digest> PieceReader::read(std::uint64_t piece, const Sink& sink) {
    crypto::Sha256 hash;
    if (auto done = work(piece, {.sink = &sink, .hash = &hash}); !done)
        return std::move(done).error();
    return hash.finish();
}

Status PieceReader::check(std::uint64_t piece) { return work(piece, {}); }

Status PieceReader::readDamaged(std::uint64_t piece, const Sink& sink, std::vector<DamagedRange>& damaged) {
    return work(piece, {.sink = &sink, .damaged = &damaged});
}

Status PieceReader::work(std::uint64_t piece, const Task& task) {
    const PieceRange range = pieceRange(piece, body_->size());
    ChunkRange chunks = chunksStartingIn(range, body_->chunkCount());
    std::uint64_t begin = range.begin;
    do {
        Run run{nextRun(chunks), begin, range.end};
        if (!run.chunks.empty())
            run.end = chunkEnd(run.chunks.end - 1, body_->size());
        const MutableByteView sealed = MutableByteView(sealed_).first(run.end - run.begin);
        if (auto got = fill(run.begin, sealed, task.damaged != nullptr); !got)
            return got;
        // The last chunk may reach into the next piece; the digest of that covers the rest.
        if (task.hash != nullptr)
            task.hash->update(sealed.first(std::min(run.end, range.end) - run.begin));
        if (auto opened = openRun(run, sealed, task); !opened)
            return opened;
        begin = run.end;
        chunks.first = run.chunks.end;
    } while (!chunks.empty());
    return {};
}

Status PieceReader::fill(std::uint64_t offset, MutableByteView to, bool missingIsZero) {
    const auto got = body_->readAt(offset, to);
    if (!got)
        return got.error();
    if (*got < to.size() && !missingIsZero)
        return makeError(ErrorCode::dataDamaged, "the encrypted content ends before its last chunk");
    std::ranges::fill(to.subspan(*got), Byte{0});
    return {};
}

Status PieceReader::openRun(const Run& run, ByteView sealed, const Task& task) {
    std::size_t done = 0;
    for (std::uint64_t chunk = run.chunks.first; chunk < run.chunks.end; ++chunk) {
        const std::uint64_t size = chunkEnd(chunk, body_->size()) - chunkBegin(chunk);
        const MutableByteView to = MutableByteView(plaintext_).subspan(done, size - crypto::kGcmTagSize);
        // A refusal leaves zeros in `to`.
        if (!cipher_.open(chunk, sealed.subspan(chunkBegin(chunk) - run.begin, size), to)) {
            if (task.damaged == nullptr)
                return makeError(ErrorCode::integrity,
                                 "chunk " + std::to_string(chunk) + " of the encrypted content was changed");
            task.damaged->push_back({chunk * kChunkSize, to.size()});
        }
        done += to.size();
    }
    return done == 0 || task.sink == nullptr
               ? Status()
               : (*task.sink)(run.chunks.first * kChunkSize, ByteView(plaintext_).first(done));
}

} // namespace ssprotect::container
