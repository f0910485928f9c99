#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/base/result.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace ssprotect::container {

/// How KODiAC keeps a version (REC-1).
enum class ConversionMode : Byte { optimized = 0, hybrid = 1, doubled = 2 };
std::string_view modeWord(ConversionMode mode); ///< "optimized", "hybrid", "double"

constexpr std::size_t kIdentitySize = 104;
constexpr std::size_t kHeaderSize = 256;     ///< what this build writes
constexpr std::size_t kLargestHeader = 4096; ///< what a reader accepts

/// The bytes that say which version of which file this is: I, bytes 0–103 of the header.
using IdentityBytes = std::array<Byte, kIdentitySize>;

struct Identity {
    ConversionMode mode = ConversionMode::optimized;
    FileId file;
    VersionNumber version = 0;
    Epoch shareEpoch = 0;
    Epoch keyEpoch = 0;
    OrganizationId organization;
    AccountId owner;
    AccountId creator;
    TimePoint storedAt{};

    /// `headerSize` is part of I (bytes 10–11).
    IdentityBytes bytes(std::uint16_t headerSize = kHeaderSize) const;
    /// `data-damaged` when the magic, a reserved byte, mode or flag is not as format 1 has it.
    static Result<Identity> parse(ByteView bytes);

    friend bool operator==(const Identity&, const Identity&) = default;
};

/// True when the bytes start with the container magic: what overlays and `status` ask first.
bool hasContainerMagic(ByteView firstBytes);

} // namespace ssprotect::container
