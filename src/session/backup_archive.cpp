#include "backup_archive.h"

#include "backup_header.h"
#include "kodiac_folder.h"
#include "sealed_stream.h"
#include "ssprotect/platform/secret_file.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::size_t kBodyKeySize = 32;
constexpr std::size_t kPieceSize = 1 << 20;

/// The stream: entries of kind, name length, name, size, content; then kEnd.
enum class EntryKind : Byte { end = 0, file = 1, secret = 2 };

struct EntryName {
    std::string_view name;
    EntryKind kind;
};
constexpr std::array kEntries{EntryName{kKodiacDatabase, EntryKind::file}, EntryName{kMasterKey, EntryKind::secret}};

constexpr std::size_t kEntryHeader = 1 + 1; ///< kind, name length

Error damaged() { return makeError(ErrorCode::dataDamaged, "the backup was altered or cut; take another copy of it"); }

Status writeEntryHeader(SealedWriter& writer, const EntryName& entry, std::uint64_t size) {
    Bytes header{static_cast<Byte>(entry.kind), static_cast<Byte>(entry.name.size())};
    append(header, viewOf(entry.name));
    std::array<Byte, 8> length;
    storeBigEndian(size, length);
    append(header, length);
    return writer.write(header);
}

Status packFile(const Environment& environment, const platform::Path& folder, const EntryName& entry,
                SealedWriter& writer) {
    auto file = environment.files.open(folder / entry.name, platform::Access::read);
    if (!file)
        return std::move(file).error();
    auto info = (*file)->info();
    if (!info)
        return std::move(info).error();
    if (auto begun = writeEntryHeader(writer, entry, info->size); !begun)
        return begun;
    Bytes piece(kPieceSize);
    for (std::uint64_t offset = 0; offset < info->size;) {
        auto read = (*file)->readAt(offset, piece);
        if (!read)
            return std::move(read).error();
        if (*read == 0)
            return makeError(ErrorCode::ioError, "the copy of KODiAC's data became shorter while it was packed");
        if (auto written = writer.write(ByteView(piece).first(*read)); !written)
            return written;
        offset += *read;
    }
    return {};
}

Status packSecret(const Environment& environment, const platform::Path& folder, const EntryName& entry,
                  SealedWriter& writer) {
    auto secret = platform::readSecretFile(environment.files, folder / entry.name, kMasterKeyFileLimit);
    if (!secret)
        return std::move(secret).error();
    if (auto begun = writeEntryHeader(writer, entry, secret->size()); !begun)
        return begun;
    return writer.write(*secret);
}

Status packAll(const Environment& environment, const platform::Path& folder, SealedWriter& writer) {
    for (const auto& entry : kEntries) {
        auto packed = entry.kind == EntryKind::secret ? packSecret(environment, folder, entry, writer)
                                                      : packFile(environment, folder, entry, writer);
        if (!packed)
            return packed;
    }
    const Bytes end{static_cast<Byte>(EntryKind::end)};
    if (auto written = writer.write(end); !written)
        return written;
    return writer.finish();
}

Status unpackFile(const Environment& environment, const platform::Path& file, std::uint64_t size,
                  SealedReader& reader) {
    auto created = environment.files.create(file);
    if (!created)
        return std::move(created).error();
    Bytes piece(kPieceSize);
    for (std::uint64_t offset = 0; offset < size;) {
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(kPieceSize, size - offset));
        if (auto read = reader.read(MutableByteView(piece).first(part)); !read)
            return read;
        if (auto written = (*created)->writeAt(offset, ByteView(piece).first(part)); !written)
            return written;
        offset += part;
    }
    return (*created)->sync();
}

Status unpackSecret(const Environment& environment, const platform::Path& file, std::uint64_t size,
                    SealedReader& reader) {
    if (size > kMasterKeyFileLimit)
        return damaged();
    crypto::SecretBytes secret(size);
    if (auto read = reader.read(secret.bytes()); !read)
        return read;
    return platform::writeSecretFile(environment.files, file, secret);
}

/// Exactly the known entries in their order: a backup chooses no names of files.
Status unpackEntry(const Environment& environment, const platform::Path& folder, const EntryName& entry,
                   SealedReader& reader) {
    Bytes header(kEntryHeader + entry.name.size() + sizeof(std::uint64_t));
    if (auto read = reader.read(header); !read)
        return read;
    const auto name = textOf(ByteView(header).subspan(kEntryHeader, entry.name.size()));
    if (header[0] != static_cast<Byte>(entry.kind) || header[1] != entry.name.size() || name != entry.name)
        return damaged();
    const auto size = loadBigEndian<std::uint64_t>(ByteView(header).last(sizeof(std::uint64_t)));
    return entry.kind == EntryKind::secret ? unpackSecret(environment, folder / entry.name, size, reader)
                                           : unpackFile(environment, folder / entry.name, size, reader);
}

Status unpackAll(const Environment& environment, const platform::Path& folder, SealedReader& reader) {
    for (const auto& entry : kEntries)
        if (auto unpacked = unpackEntry(environment, folder, entry, reader); !unpacked)
            return unpacked;
    Bytes end(1);
    if (auto read = reader.read(end); !read)
        return read;
    if (end[0] != static_cast<Byte>(EntryKind::end))
        return damaged();
    if (auto finished = reader.finish(); !finished)
        return finished;
    return environment.files.syncDirectory(folder);
}

struct Front {
    BackupHeader header;
    container::BodySalt salt{};
    std::array<Byte, container::kCommitmentSize> commitment{};
};

Result<Front> readFront(platform::File& archive) {
    Bytes bytes(BackupHeader::kSize + container::kBodyPrefixSize);
    auto read = archive.readAt(0, bytes);
    if (!read)
        return std::move(read).error();
    auto header = BackupHeader::parse(ByteView(bytes).first(*read));
    if (!header)
        return std::move(header).error();
    if (*read != bytes.size())
        return damaged();
    Front front{*header, {}, {}};
    const ByteView prefix = ByteView(bytes).subspan(BackupHeader::kSize);
    std::copy_n(prefix.begin(), front.salt.size(), front.salt.begin());
    std::copy_n(prefix.subspan(front.salt.size()).begin(), front.commitment.size(), front.commitment.begin());
    return front;
}

/// The body's key, if this account sealed it to itself.
Result<container::BodyKeys> bodyKeys(const Front& front, const ExportedKeys& keys) {
    if (front.header.account != keys.account || front.header.organization != keys.organization)
        return makeError(ErrorCode::refused, "the backup was made by another account than these exported keys are of; "
                                             "nothing changed");
    auto signing = crypto::SigningKey::fromPrivate(keys.signingSeed);
    auto agreement = crypto::AgreementKey::fromPrivate(keys.agreementScalar);
    if (!signing || !agreement)
        return damaged();
    if (!crypto::verifySignature(signing->publicKey(), front.header.signedBytes(front.salt, front.commitment),
                                 front.header.signature))
        return damaged();
    auto key = crypto::hpkeOpen(*agreement, front.header.hpkeInfo(), front.header.sealedFor(),
                                front.header.encapsulated, front.header.sealedKey);
    if (!key)
        return damaged();
    auto body = container::BodyKeys::derive(*key, front.salt, front.header.context());
    if (!body || !body->commits(front.commitment))
        return damaged();
    return body;
}

} // namespace

Status packBackup(const Environment& environment, const platform::Path& folder, platform::File& archive,
                  const AccountId& account, const OrganizationId& organization, const crypto::SigningKey& signing,
                  const crypto::PublicKey& recipient) {
    crypto::SecretBytes key(kBodyKeySize);
    environment.random.fill(key.bytes());
    container::BodySalt salt;
    environment.random.fill(salt);
    BackupHeader header;
    header.organization = organization;
    header.account = account;
    header.created = environment.clock.now();
    auto sealed = crypto::hpkeSeal(recipient, header.hpkeInfo(), header.sealedFor(), key, environment.random);
    if (!sealed)
        return std::move(sealed).error();
    header.encapsulated = sealed->encapsulated;
    std::copy(sealed->ciphertext.begin(), sealed->ciphertext.end(), header.sealedKey.begin());
    auto body = container::BodyKeys::derive(key, salt, header.context());
    if (!body)
        return std::move(body).error();
    header.signature = signing.sign(header.signedBytes(salt, body->commitment()));

    Bytes front = header.bytes();
    append(front, salt);
    append(front, body->commitment());
    if (auto written = archive.writeAt(0, front); !written)
        return written;
    SealedWriter writer(archive, front.size(), *body);
    return packAll(environment, folder, writer);
}

Result<TimePoint> unpackBackup(const Environment& environment, platform::File& archive, const ExportedKeys& keys,
                               const platform::Path& folder) {
    auto front = readFront(archive);
    if (!front)
        return std::move(front).error();
    auto body = bodyKeys(*front, keys);
    if (!body)
        return std::move(body).error();
    auto info = archive.info();
    if (!info)
        return std::move(info).error();
    SealedReader reader(archive, BackupHeader::kSize + container::kBodyPrefixSize, info->size, *body);
    if (auto unpacked = unpackAll(environment, folder, reader); !unpacked)
        return std::move(unpacked).error();
    return front->header.created;
}

} // namespace ssprotect::session
