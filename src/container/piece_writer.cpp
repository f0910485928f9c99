#include "piece_writer.h"

namespace ssprotect::container {

PieceWriter::PieceWriter(const BodyPlan& plan) : plan_(&plan), cipher_(plan.keys.cipher()) {
    plaintext_.resize(std::min<std::uint64_t>(kChunksPerRun * kChunkSize, plan.plaintextSize));
    sealed_.resize(std::min<std::uint64_t>(kBodyPrefixSize + kChunksPerRun * kSealedChunkSize, plan.bodySize()));
    const auto afterSalt = std::ranges::copy(plan.salt, sealed_.begin()).out;
    std::ranges::copy(plan.keys.commitment(), afterSalt);
}

Result<crypto::Sha256Digest> PieceWriter::write(std::uint64_t piece) {
    const PieceRange range = pieceRange(piece, plan_->bodySize());
    ChunkRange chunks = chunksTouching(range, plan_->chunkCount());
    hash_ = crypto::Sha256();
    while (!chunks.empty()) {
        const ChunkRange run = nextRun(chunks);
        const auto sealed = seal(run);
        if (!sealed)
            return sealed.error();
        const std::uint64_t sealedAt = run.first == 0 ? 0 : chunkBegin(run.first);
        const std::uint64_t begin = std::max(sealedAt, range.begin);
        const std::uint64_t end = std::min(sealedAt + sealed->size(), range.end);
        const ByteView ours = sealed->subspan(begin - sealedAt, end - begin);
        hash_.update(ours);
        if (auto written = plan_->container.writeAt(plan_->offset + begin, ours); !written)
            return std::move(written).error();
        chunks.first = run.end;
    }
    return hash_.finish();
}

Result<ByteView> PieceWriter::seal(const ChunkRange& chunks) {
    const MutableByteView plaintext = MutableByteView(plaintext_).first(plaintextIn(chunks, plan_->plaintextSize));
    const auto got = plan_->plaintext.readAt(chunks.first * kChunkSize, plaintext);
    if (!got)
        return got.error();
    if (*got < plaintext.size())
        return makeError(ErrorCode::changedMeanwhile, "the file became shorter while it was being encrypted; try again "
                                                      "when no program writes to it");
    std::size_t done = kBodyPrefixSize;
    ByteView rest = plaintext;
    for (std::uint64_t chunk = chunks.first; chunk < chunks.end; ++chunk) {
        const ByteView content = rest.first(std::min(rest.size(), kChunkSize));
        const std::size_t size = content.size() + crypto::kGcmTagSize;
        cipher_.seal(chunk, content, MutableByteView(sealed_).subspan(done, size));
        done += size;
        rest = rest.subspan(content.size());
    }
    const ByteView sealed = ByteView(sealed_).first(done);
    return chunks.first == 0 ? sealed : sealed.subspan(kBodyPrefixSize);
}

} // namespace ssprotect::container
