#include "ssprotect/container/identity.h"

#include "header_fields.h"
#include "header_layout.h"

#include <cstdlib>

namespace ssprotect::container {
namespace {

using namespace layout;

template <class Id> Id idAt(ByteView bytes, std::size_t at) {
    return Id::fromBytes(bytes.subspan(at, Id::kSize)).value();
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

bool hasContainerMagic(ByteView firstBytes) {
    return firstBytes.size() >= kMagic.size() && std::ranges::equal(firstBytes.first(kMagic.size()), kMagic);
}

} // namespace ssprotect::container
