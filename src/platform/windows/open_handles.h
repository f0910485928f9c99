#pragma once

#include "ssprotect/platform/file_system.h"

#include <set>
#include <windows.h>

namespace ssprotect::platform {

/// The other processes of this user that have the folder or something below it open, from the system's list of
/// all handles. Mapped files whose handle was closed are not seen.
Result<std::set<DWORD>> processesWithHandlesBelow(const Path& folder);

} // namespace ssprotect::platform
