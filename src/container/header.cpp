#include "ssprotect/container/header.h"

#include "header_layout.h"
#include "ssprotect/container/chunked_encryption.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace ssprotect::container {
namespace {

using namespace layout;

Error damaged(std::string_view why) {
    return makeError(ErrorCode::dataDamaged, "the protected file's header is damaged: " + std::string(why) +
                                                 "; restore the file from the archive or a backup");
}

template <class Integer> Integer integerAt(ByteView bytes, std::size_t at) {
    return loadBigEndian<Integer>(bytes.subspan(at, sizeof(Integer)));
}

template <class Id> Id idAt(ByteView bytes, std::size_t at) {
    return Id::fromBytes(bytes.subspan(at, Id::kSize)).value();
}

bool zeroAt(ByteView bytes, std::size_t at, std::size_t count) {
    return std::ranges::all_of(bytes.subspan(at, count), [](Byte byte) { return byte == 0; });
}

template <std::size_t size> void copyAt(ByteView bytes, std::size_t at, std::array<Byte, size>& to) {
    std::ranges::copy(bytes.subspan(at, size), to.begin());
}

void put(IdentityBytes& bytes, std::size_t at, ByteView value) {
    std::ranges::copy(value, bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

template <class Integer> void putInteger(IdentityBytes& bytes, std::size_t at, Integer value) {
    storeBigEndian(value, MutableByteView(bytes).subspan(at, sizeof value));
}

/// What must hold before any field can be read; `bytes` has at least kIdentitySize bytes.
Status checkShape(ByteView bytes) {
    if (!hasContainerMagic(bytes))
        return damaged("it is no protected file");
    if (integerAt<std::uint16_t>(bytes, kFormatAt) != kFormat)
        return damaged("its format is not 1, so a newer version of the program may have written it");
    const auto headerSize = integerAt<std::uint16_t>(bytes, kHeaderSizeAt);
    if (headerSize < kHeaderSize || headerSize > kLargestHeader || headerSize % kHeaderSizeStep != 0)
        return damaged("its length cannot be");
    if (bytes[kModeAt] > static_cast<Byte>(ConversionMode::doubled))
        return damaged("its Conversion Mode is unknown");
    if (bytes[kFlagsAt] != 0)
        return damaged("it has an unknown flag");
    if (!zeroAt(bytes, kZeroAfterFlagsAt, kFileAt - kZeroAfterFlagsAt) ||
        !zeroAt(bytes, kZeroAfterEpochsAt, kOrganizationAt - kZeroAfterEpochsAt))
        return damaged("a reserved byte is not zero");
    return {};
}

} // namespace

std::string_view modeWord(ConversionMode mode) {
    switch (mode) {
    case ConversionMode::optimized:
        return "optimized";
    case ConversionMode::hybrid:
        return "hybrid";
    case ConversionMode::doubled:
        return "double";
    }
    std::abort();
}

IdentityBytes Identity::bytes(std::uint16_t headerSize) const {
    IdentityBytes bytes{};
    put(bytes, 0, kMagic);
    putInteger(bytes, kFormatAt, kFormat);
    putInteger(bytes, kHeaderSizeAt, headerSize);
    bytes[kModeAt] = static_cast<Byte>(mode);
    put(bytes, kFileAt, file.bytes());
    putInteger(bytes, kVersionAt, version);
    putInteger(bytes, kShareEpochAt, shareEpoch);
    putInteger(bytes, kKeyEpochAt, keyEpoch);
    put(bytes, kOrganizationAt, organization.bytes());
    put(bytes, kOwnerAt, owner.bytes());
    put(bytes, kCreatorAt, creator.bytes());
    putInteger(bytes, kStoredAtAt, static_cast<std::uint64_t>(toUnixMillis(storedAt)));
    return bytes;
}

Result<Identity> Identity::parse(ByteView bytes) {
    if (bytes.size() < kIdentitySize)
        return damaged("it is cut off");
    if (auto shape = checkShape(bytes); !shape)
        return std::move(shape).error();
    Identity identity;
    identity.mode = static_cast<ConversionMode>(bytes[kModeAt]);
    identity.file = idAt<FileId>(bytes, kFileAt);
    identity.version = integerAt<VersionNumber>(bytes, kVersionAt);
    identity.shareEpoch = integerAt<Epoch>(bytes, kShareEpochAt);
    identity.keyEpoch = integerAt<Epoch>(bytes, kKeyEpochAt);
    identity.organization = idAt<OrganizationId>(bytes, kOrganizationAt);
    identity.owner = idAt<AccountId>(bytes, kOwnerAt);
    identity.creator = idAt<AccountId>(bytes, kCreatorAt);
    identity.storedAt = fromUnixMillis(static_cast<std::int64_t>(integerAt<std::uint64_t>(bytes, kStoredAtAt)));
    return identity;
}

std::uint64_t Header::containerSize() const { return raw.size() + bodySizeFor(plaintextSize); }

bool hasContainerMagic(ByteView firstBytes) {
    return firstBytes.size() >= kMagic.size() && std::ranges::equal(firstBytes.first(kMagic.size()), kMagic);
}

Result<Header> parseHeader(ByteView bytes, std::uint64_t fileSize, SizeMismatch mismatch) {
    auto identity = Identity::parse(bytes);
    if (!identity)
        return std::move(identity).error();
    const std::size_t size = integerAt<std::uint16_t>(bytes, kHeaderSizeAt);
    if (bytes.size() < size || fileSize < size)
        return damaged("it is cut off");
    if (!zeroAt(bytes, kZeroAfterSignatureAt, kFixedFieldsEnd - kZeroAfterSignatureAt))
        return damaged("a reserved byte is not zero");

    Header header;
    header.identity = *identity;
    header.raw = copyOf(bytes.first(size));
    copyAt(bytes, 0, header.identityBytes);
    header.plaintextSize = integerAt<std::uint64_t>(bytes, kPlaintextSizeAt);
    copyAt(bytes, kWrappedKeyAt, header.wrappedKey);
    copyAt(bytes, kSignatureAt, header.signature);
    copyAt(bytes, size - kMacSize, header.mac);

    if (header.plaintextSize > kMostPlaintext)
        return damaged("the size that it names cannot be");
    if (mismatch == SizeMismatch::accepted)
        return header;
    const auto plaintextSize = plaintextSizeFor(fileSize - size);
    if (!plaintextSize)
        return damaged(plaintextSize.error().message);
    if (*plaintextSize != header.plaintextSize)
        return damaged("the file has not the size that it names, so a part is missing or was added");
    return header;
}

} // namespace ssprotect::container
