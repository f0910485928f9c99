#include "piece_writer.h"

namespace ssprotect::container {

PieceWriter::PieceWriter(const BodyPlan& plan) : plan_(&plan), cipher_(plan.keys.cipher()) {
    plaintext_.resize(std::min<std::uint64_t>(kChunksPerRun * kChunkSize, plan.plaintextSize));
    // A chunk at either end may belong to a neighbour for the most part.
    sealed_.resize(std::min<std::uint64_t>(kPieceSize + 2 * kSealedChunkSize, plan.bodySize()));
}

Result<crypto::Sha256Digest> PieceWriter::write(std::uint64_t piece) {
    const PieceRange range = pieceRange(piece, plan_->bodySize());
    ChunkRange chunks = chunksTouching(range, plan_->chunkCount());
    const std::uint64_t sealedFrom = piece == 0 ? 0 : chunkBegin(chunks.first);
    std::size_t end = piece == 0 ? putPrefix() : 0;
    while (!chunks.empty()) {
        const ChunkRange run = nextRun(chunks);
        const auto sealed = seal(run, end);
        if (!sealed)
            return sealed.error();
        end = *sealed;
        chunks.first = run.end;
    }
    const ByteView bytes = ByteView(sealed_).subspan(range.begin - sealedFrom, range.end - range.begin);
    if (auto written = plan_->container.writeAt(plan_->offset + range.begin, bytes); !written)
        return std::move(written).error();
    return crypto::sha256({bytes});
}

std::size_t PieceWriter::putPrefix() {
    const auto afterSalt = std::ranges::copy(plan_->salt, sealed_.begin()).out;
    std::ranges::copy(plan_->keys.commitment(), afterSalt);
    return kBodyPrefixSize;
}

Result<std::size_t> PieceWriter::seal(const ChunkRange& chunks, std::size_t at) {
    const MutableByteView plaintext = MutableByteView(plaintext_).first(plaintextIn(chunks, plan_->plaintextSize));
    const auto got = plan_->plaintext.readAt(chunks.first * kChunkSize, plaintext);
    if (!got)
        return got.error();
    if (*got < plaintext.size())
        return makeError(ErrorCode::changedMeanwhile, "the file became shorter while it was being encrypted; try again "
                                                      "when no program writes to it");
    ByteView rest = plaintext;
    for (std::uint64_t chunk = chunks.first; chunk < chunks.end; ++chunk) {
        const ByteView content = rest.first(std::min(rest.size(), kChunkSize));
        const std::size_t size = content.size() + crypto::kGcmTagSize;
        cipher_.seal(chunk, content, MutableByteView(sealed_).subspan(at, size));
        at += size;
        rest = rest.subspan(content.size());
    }
    return at;
}

} // namespace ssprotect::container
