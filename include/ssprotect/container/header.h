#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/base/result.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/crypto/hash.h"

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
constexpr std::size_t kWrappedKeySize = 40;

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

/// A header as read: structure checked, nothing authenticated yet.
struct Header {
    Identity identity;
    IdentityBytes identityBytes{};
    std::uint64_t plaintextSize = 0;
    std::array<Byte, kWrappedKeySize> wrappedKey{};
    crypto::Signature signature{};
    crypto::Sha256Digest mac{};
    Bytes raw; ///< the whole header, for the MAC

    std::uint64_t containerSize() const; ///< what the file's size must be
};

/// True when the bytes start with the container magic: what overlays and `status` ask first.
bool hasContainerMagic(ByteView firstBytes);

/// Whether a file may be shorter or longer than its header says: only where the damaged is to be saved.
enum class SizeMismatch { refused, accepted };

/// Reads the header at the start of `bytes` (at least min(file size, 4096) bytes) and holds it
/// against `fileSize`. `data-damaged` with the reason; never throws, whatever the input.
Result<Header> parseHeader(ByteView bytes, std::uint64_t fileSize, SizeMismatch mismatch = SizeMismatch::refused);

} // namespace ssprotect::container
