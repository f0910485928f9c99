#include "sealed_save.h"

#include "ssprotect/container/chunked_encryption.h"

#include <algorithm>
#include <array>

namespace ssprotect::managed {
namespace {

using container::BodyKeys;
using container::kBodyPrefixSize;
using container::kChunkSize;
using container::kCommitmentSize;
using container::kSaltSize;
using container::kSealedChunkSize;

constexpr std::array<Byte, 8> kMagic{0x89, 'S', 'S', 'V', 0x0D, 0x0A, 0x1A, 0x0A};
constexpr std::size_t kInputKeySize = 32;
constexpr std::size_t kStampSize = 24;
constexpr std::size_t kEncapsulatedEnd = kStampSize + sizeof(crypto::PublicKey);
constexpr std::size_t kHeadSize = kEncapsulatedEnd + kInputKeySize + crypto::kGcmTagSize;
constexpr std::size_t kChunksPerPiece = 64;

using Head = std::array<Byte, kHeadSize>;

Bytes infoOf(const SaveBinding& binding) {
    Bytes info = copyOf(viewOf("ssprotect/save/v1"));
    append(info, binding.account.bytes());
    append(info, viewOf(binding.openId));
    return info;
}

Bytes contextOf(const Head& head, ByteView info) {
    Bytes context = copyOf(ByteView{head}.first(kEncapsulatedEnd));
    append(context, info);
    return context;
}

std::uint64_t chunkCount(std::uint64_t plaintextSize) { return plaintextSize / kChunkSize + 1; }

Error notAWholeSave() {
    return makeError(ErrorCode::dataDamaged, "the sealed save of a document is damaged: it is not as long as it says");
}

Result<Head> readHead(platform::File& save) {
    Head head{};
    auto got = save.readAt(0, head);
    if (!got)
        return std::move(got).error();
    if (*got != head.size() || !std::equal(kMagic.begin(), kMagic.end(), head.begin()))
        return makeError(ErrorCode::dataDamaged, "this is no sealed save of a document");
    return head;
}

/// Chunks `first` … of the document, as many as fit a piece.
struct Piece {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    std::size_t plaintextSize = 0;
};

Piece pieceAt(std::uint64_t first, std::uint64_t size) {
    const auto count = std::min<std::uint64_t>(kChunksPerPiece, chunkCount(size) - first);
    const auto rest = size - first * kChunkSize;
    return {first, count, static_cast<std::size_t>(std::min<std::uint64_t>(rest, count * kChunkSize))};
}

std::size_t sealedSize(const Piece& piece) {
    return piece.plaintextSize + static_cast<std::size_t>(piece.count) * crypto::kGcmTagSize;
}

std::uint64_t sealedOffset(const Piece& piece) { return kHeadSize + kBodyPrefixSize + piece.first * kSealedChunkSize; }

std::size_t chunkSizeIn(const Piece& piece, std::size_t chunk) {
    return std::min(kChunkSize, piece.plaintextSize - chunk * kChunkSize);
}

Status readExactly(platform::File& file, std::uint64_t offset, MutableByteView to, ErrorCode shortage) {
    auto got = file.readAt(offset, to);
    if (!got)
        return std::move(got).error();
    if (*got != to.size())
        return makeError(shortage, "the document changed while it was being read");
    return {};
}

/// Wipes its plaintext on every way out.
struct PieceBuffers {
    crypto::SecretBytes plaintext{kChunksPerPiece * kChunkSize};
    Bytes sealed = Bytes(kChunksPerPiece * kSealedChunkSize);
};

Status sealBody(platform::File& document, std::uint64_t size, platform::File& save, const BodyKeys& keys) {
    auto cipher = keys.cipher();
    PieceBuffers buffers;
    for (std::uint64_t first = 0; first < chunkCount(size); first += kChunksPerPiece) {
        const Piece piece = pieceAt(first, size);
        const auto plaintext = buffers.plaintext.bytes().first(piece.plaintextSize);
        if (auto read = readExactly(document, first * kChunkSize, plaintext, ErrorCode::changedMeanwhile); !read)
            return read;
        for (std::size_t chunk = 0; chunk < piece.count; ++chunk) {
            const auto length = chunkSizeIn(piece, chunk);
            cipher.seal(
                first + chunk, plaintext.subspan(chunk * kChunkSize, length),
                MutableByteView{buffers.sealed}.subspan(chunk * kSealedChunkSize, length + crypto::kGcmTagSize));
        }
        if (auto written = save.writeAt(sealedOffset(piece), ByteView{buffers.sealed}.first(sealedSize(piece)));
            !written)
            return written;
    }
    return {};
}

Status stillThatLong(platform::File& document, std::uint64_t size) {
    auto info = document.info();
    if (!info)
        return std::move(info).error();
    if (info->size != size)
        return makeError(ErrorCode::changedMeanwhile, "the document changed while it was being sealed");
    return {};
}

} // namespace

Status sealSave(platform::File& document, const DocumentStamp& stamp, platform::File& save,
                const crypto::PublicKey& recipient, const SaveBinding& binding, Random& random) {
    const Bytes info = infoOf(binding);
    Head head{};
    std::copy(kMagic.begin(), kMagic.end(), head.begin());
    storeBigEndian(stamp.size, MutableByteView{head}.subspan(8, 8));
    storeBigEndian(static_cast<std::uint64_t>(stamp.modifiedNanos), MutableByteView{head}.subspan(16, 8));

    crypto::SecretBytes inputKey(kInputKeySize);
    random.fill(inputKey.bytes());
    auto sealedKey = crypto::hpkeSeal(recipient, info, ByteView{head}.first(kStampSize), inputKey, random);
    if (!sealedKey)
        return std::move(sealedKey).error();
    std::copy(sealedKey->encapsulated.begin(), sealedKey->encapsulated.end(), head.begin() + kStampSize);
    std::copy(sealedKey->ciphertext.begin(), sealedKey->ciphertext.end(), head.begin() + kEncapsulatedEnd);

    container::BodySalt salt{};
    random.fill(salt);
    auto keys = BodyKeys::derive(inputKey, salt, contextOf(head, info));
    if (!keys)
        return std::move(keys).error();
    Bytes start = copyOf(head);
    append(start, salt);
    append(start, keys->commitment());
    if (auto written = save.writeAt(0, start); !written)
        return written;
    if (auto sealed = sealBody(document, stamp.size, save, *keys); !sealed)
        return sealed;
    return stillThatLong(document, stamp.size);
}

Result<DocumentStamp> readSaveStamp(platform::File& save) {
    auto head = readHead(save);
    if (!head)
        return std::move(head).error();
    const DocumentStamp stamp{loadBigEndian<std::uint64_t>(ByteView{*head}.subspan(8, 8)),
                              static_cast<std::int64_t>(loadBigEndian<std::uint64_t>(ByteView{*head}.subspan(16, 8)))};
    auto info = save.info();
    if (!info)
        return std::move(info).error();
    if (stamp.size / kChunkSize >= container::kMostChunks ||
        info->size != kHeadSize + container::bodySizeFor(stamp.size))
        return notAWholeSave();
    return stamp;
}

struct SavedDocument::Inside {
    std::unique_ptr<platform::File> save;
    DocumentStamp stamp;
    BodyKeys keys;
};

SavedDocument::SavedDocument(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
SavedDocument::~SavedDocument() = default;

Result<std::unique_ptr<platform::File>>
SavedDocument::open(std::unique_ptr<platform::File> save, const crypto::AgreementKey& key, const SaveBinding& binding) {
    auto stamp = readSaveStamp(*save);
    if (!stamp)
        return std::move(stamp).error();
    auto head = readHead(*save);
    if (!head)
        return std::move(head).error();
    const Bytes info = infoOf(binding);
    const ByteView view{*head};
    auto inputKey =
        crypto::hpkeOpen(key, info, view.first(kStampSize), view.subspan(kStampSize, sizeof(crypto::PublicKey)),
                         view.subspan(kEncapsulatedEnd));
    if (!inputKey)
        return std::move(inputKey).error();

    std::array<Byte, kBodyPrefixSize> prefix{};
    if (auto read = readExactly(*save, kHeadSize, prefix, ErrorCode::integrity); !read)
        return std::move(read).error();
    container::BodySalt salt{};
    std::copy_n(prefix.begin(), kSaltSize, salt.begin());
    auto keys = BodyKeys::derive(*inputKey, salt, contextOf(*head, info));
    if (!keys)
        return std::move(keys).error();
    if (!keys->commits(ByteView{prefix}.subspan(kSaltSize, kCommitmentSize)))
        return makeError(ErrorCode::integrity, "the sealed save of a document was altered");
    auto inside = std::make_unique<Inside>(Inside{std::move(save), *stamp, std::move(*keys)});
    return std::unique_ptr<platform::File>(new SavedDocument(std::move(inside)));
}

Result<std::size_t> SavedDocument::readAt(std::uint64_t offset, MutableByteView to) {
    const std::uint64_t size = inside_->stamp.size;
    if (offset >= size)
        return std::size_t{0};
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(to.size(), size - offset));
    auto cipher = inside_->keys.cipher();
    PieceBuffers buffers;
    std::size_t done = 0;
    while (done < wanted) {
        const std::uint64_t at = offset + done;
        const Piece piece = pieceAt(at / kChunkSize, size);
        const auto sealed = MutableByteView{buffers.sealed}.first(sealedSize(piece));
        if (auto read = readExactly(*inside_->save, sealedOffset(piece), sealed, ErrorCode::integrity); !read)
            return std::move(read).error();
        for (std::size_t chunk = 0; chunk < piece.count; ++chunk) {
            const auto length = chunkSizeIn(piece, chunk);
            auto opened =
                cipher.open(piece.first + chunk, sealed.subspan(chunk * kSealedChunkSize, length + crypto::kGcmTagSize),
                            buffers.plaintext.bytes().subspan(chunk * kChunkSize, length));
            if (!opened)
                return std::move(opened).error();
        }
        const auto skip = static_cast<std::size_t>(at % kChunkSize);
        const auto length = std::min(wanted - done, piece.plaintextSize - skip);
        std::copy_n(buffers.plaintext.view().begin() + static_cast<std::ptrdiff_t>(skip), length,
                    to.begin() + static_cast<std::ptrdiff_t>(done));
        done += length;
    }
    return done;
}

Result<platform::FileInfo> SavedDocument::info() {
    auto info = inside_->save->info();
    if (!info)
        return info;
    info->size = inside_->stamp.size;
    info->modifiedNanos = inside_->stamp.modifiedNanos;
    info->writable = false;
    return info;
}

namespace {
Error readOnly() { return makeError(ErrorCode::accessDenied, "the sealed save of a document is only read"); }
} // namespace

Status SavedDocument::writeAt(std::uint64_t, ByteView) { return readOnly(); }
Status SavedDocument::resize(std::uint64_t) { return readOnly(); }
Status SavedDocument::sync() { return readOnly(); }

} // namespace ssprotect::managed
