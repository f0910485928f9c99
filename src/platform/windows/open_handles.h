#pragma once

#include "ssprotect/platform/file_system.h"

#include <set>
#include <windows.h>

namespace ssprotect::platform {

/// The other processes of this user that have the folder or something below it open, by looking at the handles of each;
/// the system's list of all handles would be quicker, but asking for it can bring down Wine's server. Mapped files
/// whose handle was closed are not seen.
Result<std::set<DWORD>> processesWithHandlesBelow(const Path& folder);

} // namespace ssprotect::platform
