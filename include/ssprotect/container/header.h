#pragma once

#include "ssprotect/container/identity.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/crypto/hash.h"

namespace ssprotect::container {

constexpr std::size_t kWrappedKeySize = 40;

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

/// Whether a file may be shorter or longer than its header says: only where the damaged is to be saved.
enum class SizeMismatch { refused, accepted };

/// Reads the header at the start of `bytes` (at least min(file size, 4096) bytes) and holds it
/// against `fileSize`. `data-damaged` with the reason; never throws, whatever the input.
Result<Header> parseHeader(ByteView bytes, std::uint64_t fileSize, SizeMismatch mismatch = SizeMismatch::refused);

} // namespace ssprotect::container
