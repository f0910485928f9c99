#include "body_digest.h"
#include "body_layout.h"
#include "header_proof.h"
#include "opened_container.h"
#include "piece_queue.h"
#include "progress.h"
#include "ssprotect/container/container.h"
#include "ssprotect/container/piece_reader.h"
#include "writeback.h"

#include <algorithm>

namespace ssprotect::container {
namespace {

Error otherContent() {
    return makeError(ErrorCode::integrity, "the protected file is not the one that was stored: its content or its "
                                           "signature differs; restore it from the archive or a backup");
}

std::uint64_t plaintextOf(const SealedBody& body, std::uint64_t piece) {
    return plaintextIn(chunksStartingIn(pieceRange(piece, body.size()), body.chunkCount()), body.plaintextSize());
}

/// Opens every chunk and hands it to `sink`, from several threads; then holds D against `expected`.
Status readAll(const SealedBody& body, const crypto::Sha256Digest& expected, const PieceReader::Sink& sink,
               Writeback* writeback, const Effort& effort) {
    BodyDigest digest;
    const auto makeWorker = [&] {
        return [&, reader = PieceReader(body)](std::uint64_t piece) mutable -> Status {
            const auto read = reader.read(piece, sink);
            if (!read)
                return asIntegrity(read.error());
            const std::uint64_t inOrder = digest.add(piece, *read);
            if (writeback != nullptr)
                writeback->reach(chunkFrom(inOrder * kPieceSize, body.chunkCount()) * kChunkSize);
            return report(effort, plaintextOf(body, piece));
        };
    };
    if (auto done = forEachPiece(body.pieceCount(), effort.threads, makeWorker); !done)
        return done;
    return crypto::equalSecrets(digest.finish(), expected) ? Status() : otherContent();
}

Result<OpenedContainer> openSigned(platform::File& container, const VersionKeys& keys, const crypto::PublicKey& creator,
                                   const crypto::Sha256Digest& digest) {
    auto opened = openContainer(container, keys, SizeMismatch::refused);
    if (opened &&
        !crypto::verifySignature(creator, signedMessage(opened->header.raw, digest), opened->header.signature))
        return otherContent();
    return opened;
}

PieceReader::Sink writingTo(platform::File& file) {
    return [&file](std::uint64_t offset, ByteView plaintext) { return file.writeAt(offset, plaintext); };
}

/// In order, without overlaps, neighbours joined.
std::vector<DamagedRange> joined(std::vector<DamagedRange> ranges) {
    std::ranges::sort(ranges, {}, &DamagedRange::offset);
    std::vector<DamagedRange> result;
    for (const DamagedRange& range : ranges) {
        if (!result.empty() && result.back().offset + result.back().length == range.offset)
            result.back().length += range.length;
        else if (range.length > 0) // the empty chunk at the end holds no byte that could be lost
            result.push_back(range);
    }
    return result;
}

} // namespace

Status verify(platform::File& container, const VersionKeys& keys, const crypto::PublicKey& creator,
              const crypto::Sha256Digest& expectedDigest, const Effort& effort) {
    const auto opened = openSigned(container, keys, creator, expectedDigest);
    if (!opened)
        return opened.error();
    const auto forget = [](std::uint64_t, ByteView) { return Status(); };
    return readAll(opened->body, expectedDigest, forget, nullptr, effort);
}

Status verifyWritten(platform::File& container, const VersionKeys& keys, const crypto::PublicKey& creator,
                     const Stored& stored, const Effort& effort) {
    const auto opened = openSigned(container, keys, creator, stored.digest);
    if (!opened)
        return opened.error();
    const SealedBody& body = opened->body;
    const auto makeWorker = [&] {
        return [&, reader = PieceReader(body)](std::uint64_t piece) mutable -> Status {
            if (auto checked = reader.check(piece); !checked)
                return asIntegrity(std::move(checked).error());
            return report(effort, plaintextOf(body, piece));
        };
    };
    return forEachPiece(body.pieceCount(), effort.threads, makeWorker);
}

Status decrypt(platform::File& container, platform::File& plaintext, const VersionKeys& keys,
               const crypto::PublicKey& creator, const crypto::Sha256Digest& expectedDigest, const Effort& effort) {
    const auto opened = openSigned(container, keys, creator, expectedDigest);
    if (!opened)
        return opened.error();
    Writeback writeback(plaintext, opened->body.plaintextSize());
    return readAll(opened->body, expectedDigest, writingTo(plaintext), &writeback, effort);
}

Result<std::vector<DamagedRange>> decryptDamaged(platform::File& container, platform::File& plaintext,
                                                 const VersionKeys& keys, const Effort& effort) {
    const auto opened = openContainer(container, keys, SizeMismatch::accepted);
    if (!opened)
        return opened.error();
    const SealedBody& body = opened->body;
    std::mutex mutex;
    std::vector<DamagedRange> damaged;
    const auto makeWorker = [&] {
        return [&, reader = PieceReader(body)](std::uint64_t piece) mutable -> Status {
            std::vector<DamagedRange> found;
            if (auto read = reader.readDamaged(piece, writingTo(plaintext), found); !read)
                return read;
            {
                const std::scoped_lock lock(mutex);
                damaged.insert(damaged.end(), found.begin(), found.end());
            }
            return report(effort, plaintextOf(body, piece));
        };
    };
    if (auto done = forEachPiece(body.pieceCount(), effort.threads, makeWorker); !done)
        return std::move(done).error();
    return joined(std::move(damaged));
}

} // namespace ssprotect::container
