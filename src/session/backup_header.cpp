#include "backup_header.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::array<Byte, 8> kMagic{0x89, 'S', 'S', 'B', 0x0D, 0x0A, 0x1A, 0x0A};
constexpr std::uint16_t kFormat = 1;
constexpr std::size_t kFormatAt = 8;
constexpr std::size_t kReservedAt = 10; // 6 bytes, zero
constexpr std::size_t kOrganizationAt = 16;
constexpr std::size_t kAccountAt = 32;
constexpr std::size_t kCreatedAt = 48;
constexpr std::size_t kEncapsulatedAt = 56;
constexpr std::size_t kSealedKeyAt = 88;
constexpr std::size_t kSignatureAt = 136;
constexpr std::string_view kLabel = "ssprotect/backup/v1";

Error damaged(const char* why) { return makeError(ErrorCode::dataDamaged, std::string("this is no backup: ") + why); }

template <class Field> void put(Bytes& bytes, std::size_t at, const Field& field) {
    std::copy(field.begin(), field.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

template <class Field> void get(ByteView bytes, std::size_t at, Field& field) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), field.size(), field.begin());
}

template <class Id> Id idAt(ByteView bytes, std::size_t at) {
    std::array<Byte, Id::kSize> raw;
    get(bytes, at, raw);
    return Id(raw);
}

} // namespace

Bytes BackupHeader::bytes() const {
    Bytes bytes(kSize);
    put(bytes, 0, kMagic);
    storeBigEndian(kFormat, MutableByteView(bytes).subspan(kFormatAt));
    put(bytes, kOrganizationAt, organization.bytes());
    put(bytes, kAccountAt, account.bytes());
    storeBigEndian(toUnixMillis(created), MutableByteView(bytes).subspan(kCreatedAt));
    put(bytes, kEncapsulatedAt, encapsulated);
    put(bytes, kSealedKeyAt, sealedKey);
    put(bytes, kSignatureAt, signature);
    return bytes;
}

Result<BackupHeader> BackupHeader::parse(ByteView bytes) {
    if (bytes.size() < kSize || !std::equal(kMagic.begin(), kMagic.end(), bytes.begin()))
        return damaged("it begins differently");
    if (loadBigEndian<std::uint16_t>(bytes.subspan(kFormatAt)) != kFormat)
        return damaged("it was written by a newer version; update this client");
    const ByteView reserved = bytes.subspan(kReservedAt, kOrganizationAt - kReservedAt);
    if (std::any_of(reserved.begin(), reserved.end(), [](Byte byte) { return byte != 0; }))
        return damaged("its reserved bytes are set");
    BackupHeader header;
    header.organization = idAt<OrganizationId>(bytes, kOrganizationAt);
    header.account = idAt<AccountId>(bytes, kAccountAt);
    header.created = fromUnixMillis(static_cast<std::int64_t>(loadBigEndian<std::uint64_t>(bytes.subspan(kCreatedAt))));
    get(bytes, kEncapsulatedAt, header.encapsulated);
    get(bytes, kSealedKeyAt, header.sealedKey);
    get(bytes, kSignatureAt, header.signature);
    return header;
}

Bytes BackupHeader::sealedFor() const {
    Bytes all = bytes();
    all.resize(kEncapsulatedAt);
    return all;
}

Bytes BackupHeader::context() const {
    Bytes all = bytes();
    all.resize(kSignatureAt);
    return all;
}

Bytes BackupHeader::hpkeInfo() const {
    Bytes info = copyOf(viewOf(kLabel));
    append(info, organization.bytes());
    append(info, account.bytes());
    return info;
}

Bytes BackupHeader::signedBytes(const container::BodySalt& salt, ByteView commitment) const {
    Bytes message = copyOf(viewOf(kLabel));
    append(message, context());
    append(message, salt);
    append(message, commitment);
    return message;
}

} // namespace ssprotect::session
