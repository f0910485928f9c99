#pragma once

#include "ssprotect/base/ids.h"

#include <cstdint>

namespace ssprotect::shellext {

enum class FileKind {
    unknown, ///< it could not be read, or not in time
    plain,
    sealed,  ///< a container
    damaged, ///< it starts like a container and is none that this version reads
    folder,
};

/// What Explorer's questions need to know of one file.
struct FileMark {
    FileKind kind = FileKind::unknown;
    AccountId owner;             ///< of `sealed`
    OrganizationId organization; ///< of `sealed`

    /// Double-clicked it must never reach its application as it is.
    bool ours() const { return kind == FileKind::sealed || kind == FileKind::damaged; }

    friend bool operator==(const FileMark&, const FileMark&) = default;
};

/// The smallest container; a shorter file needs no look inside.
constexpr std::uint64_t kSmallestContainer = 256 + 56 + 16;

/// From the first bytes of a file (container::kIdentitySize of them, if there are so many).
FileMark markOf(ByteView firstBytes);

} // namespace ssprotect::shellext
