#pragma once

#include "ssprotect/base/error.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/container/container.h"
#include "ssprotect/platform/file_system.h"

#include <optional>
#include <string_view>
#include <vector>

namespace ssprotect::conversion {

enum class Operation { activate, release };

/// Why nothing had to be done; that is no failure.
enum class Skipped {
    no,
    alreadyProtected, ///< Activate found a container
    notProtected,     ///< a bulk Release met a plain file below a folder
};
/// "already-protected", "not-protected"; empty for `no`
std::string_view skippedWord(Skipped skipped);

/// What became of one file. With an error the file is as it was.
struct ItemResult {
    platform::Path path;
    std::optional<Error> error;
    Skipped skipped = Skipped::no;
    FileId file; ///< null while no version of it was touched
    VersionNumber version = 0;
    std::uint64_t size = 0;                       ///< bytes of plaintext
    bool olderThanSeen = false;                   ///< Release: this host had seen a newer version at that path
    VersionNumber latest = 0;                     ///< Release: the newest version KODiAC knows
    std::vector<container::DamagedRange> damaged; ///< Release with `overrideIntegrity`: zeros in the plaintext

    bool ok() const { return !error.has_value(); }
};

/// Called with the bytes done since the last call (0 between files), from any worker. False cancels:
/// what is complete is finished, the rest stays as it was. Blocking in it pauses.
using Control = container::Progress;

struct ConvertOptions {
    bool takeOwnership = false;     ///< Activate: a new chain where a shared file was released in an earlier session
    bool overrideIntegrity = false; ///< Release: PROT-2, only where KODiAC and the user agreed
    Control control;                ///< may be empty
};

} // namespace ssprotect::conversion
