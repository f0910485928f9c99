#include "body_digest.h"
#include "header_layout.h"
#include "header_proof.h"
#include "piece_queue.h"
#include "piece_writer.h"
#include "progress.h"
#include "ssprotect/container/container.h"
#include "ssprotect/crypto/aead.h"
#include "writeback.h"

#include <algorithm>

namespace ssprotect::container {
namespace {

using HeaderBytes = std::array<Byte, kHeaderSize>;

Status refuseGrowth(platform::File& plaintext, std::uint64_t size) {
    Byte beyond;
    const auto got = plaintext.readAt(size, {&beyond, 1});
    if (!got)
        return got.error();
    if (*got != 0)
        return makeError(ErrorCode::changedMeanwhile,
                         "the file grew while it was being encrypted; try again when no program writes to it");
    return {};
}

Result<crypto::Sha256Digest> writeBody(const BodyPlan& plan, const Effort& effort) {
    BodyDigest digest;
    Writeback writeback(plan.container, kHeaderSize + plan.bodySize());
    const auto makeWorker = [&] {
        return [&, writer = PieceWriter(plan)](std::uint64_t piece) mutable -> Status {
            const auto written = writer.write(piece);
            if (!written)
                return written.error();
            const std::uint64_t inOrder = digest.add(piece, *written);
            writeback.reach(inOrder * kPieceSize);
            const ChunkRange chunks = chunksStartingIn(pieceRange(piece, plan.bodySize()), plan.chunkCount());
            return report(effort, plaintextIn(chunks, plan.plaintextSize));
        };
    };
    if (auto done = forEachPiece(pieceCountFor(plan.bodySize()), effort.threads, makeWorker); !done)
        return std::move(done).error();
    return digest.finish();
}

} // namespace

Result<Stored> encrypt(platform::File& plaintext, std::uint64_t size, platform::File& container,
                       const Identity& identity, const VersionKeys& keys, const crypto::SigningKey& creator,
                       Random& random, const Effort& effort) {
    if (size > kMostPlaintext)
        return makeError(ErrorCode::unsupportedFile, "the file is too large to be protected");
    crypto::SecretBytes dataKey(kKeySize);
    random.fill(dataKey.bytes());
    BodySalt salt;
    random.fill(salt);

    const IdentityBytes identityBytes = identity.bytes();
    const ContainerKeys containerKeys = deriveContainerKeys(dataKey);
    const BodyPlan plan{plaintext,   size, container,
                        kHeaderSize, salt, BodyKeys::derive(containerKeys.body, salt, identityBytes).value()};
    const auto digest = writeBody(plan, effort);
    if (!digest)
        return digest.error();
    if (auto same = refuseGrowth(plaintext, size); !same)
        return std::move(same).error();

    HeaderBytes header{};
    const auto put = [&](std::size_t at, ByteView value) {
        std::ranges::copy(value, header.begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(0, identityBytes);
    storeBigEndian(size, MutableByteView(header).subspan(layout::kPlaintextSizeAt, sizeof size));
    put(layout::kWrappedKeyAt, crypto::wrapKey(deriveKeyEncryptionKey(keys, identityBytes), dataKey));
    const crypto::Signature signature = creator.sign(signedMessage(header, *digest));
    put(layout::kSignatureAt, signature);
    put(kHeaderSize - layout::kMacSize,
        headerMac(containerKeys.header, ByteView(header).first(kHeaderSize - layout::kMacSize)));
    if (auto written = container.writeAt(0, header); !written)
        return std::move(written).error();
    return Stored{size, *digest, signature};
}

} // namespace ssprotect::container
