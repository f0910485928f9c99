#pragma once

#include "ssprotect/container/header.h"

/// Where the fields of a format 1 header lie, in bytes from its start.
namespace ssprotect::container::layout {

constexpr std::array<Byte, 8> kMagic{0x89, 'S', 'S', 'P', 0x0d, 0x0a, 0x1a, 0x0a};
constexpr std::uint16_t kFormat = 1;

constexpr std::size_t kFormatAt = 8;
constexpr std::size_t kHeaderSizeAt = 10;
constexpr std::size_t kModeAt = 12;
constexpr std::size_t kFlagsAt = 13;
constexpr std::size_t kZeroAfterFlagsAt = 14;
constexpr std::size_t kFileAt = 16;
constexpr std::size_t kVersionAt = 32;
constexpr std::size_t kShareEpochAt = 36;
constexpr std::size_t kKeyEpochAt = 40;
constexpr std::size_t kZeroAfterEpochsAt = 44;
constexpr std::size_t kOrganizationAt = 48;
constexpr std::size_t kOwnerAt = 64;
constexpr std::size_t kCreatorAt = 80;
constexpr std::size_t kStoredAtAt = 96;
constexpr std::size_t kPlaintextSizeAt = kIdentitySize;
constexpr std::size_t kWrappedKeyAt = 112;
constexpr std::size_t kSignatureAt = kWrappedKeyAt + kWrappedKeySize;
constexpr std::size_t kZeroAfterSignatureAt = kSignatureAt + sizeof(crypto::Signature);
constexpr std::size_t kFixedFieldsEnd = kZeroAfterSignatureAt + 8;
constexpr std::size_t kMacSize = sizeof(crypto::Sha256Digest);
constexpr std::size_t kHeaderSizeStep = 16;

static_assert(kSignatureAt == 152 && kFixedFieldsEnd + kMacSize == kHeaderSize);

} // namespace ssprotect::container::layout
