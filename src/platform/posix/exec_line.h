#pragma once

#include "ssprotect/base/result.h"

#include <string>
#include <vector>

namespace ssprotect::platform {

/// What a desktop entry says about starting its program (freedesktop Desktop Entry Specification 1.5, "Exec").
struct ExecLine {
    std::string line;        ///< quoted as the specification says, with field codes
    std::string name;        ///< for %c
    std::string icon;        ///< for %i
    std::string desktopFile; ///< for %k
    bool inTerminal = false;
};

/// The command to which the document's path is appended. Where the entry wants the path elsewhere
/// than at the end, a shell puts it there. `unsupported-file` when the line cannot be understood.
Result<std::vector<std::string>> commandOf(const ExecLine& exec);

} // namespace ssprotect::platform
