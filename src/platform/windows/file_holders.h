#pragma once

#include "ssprotect/platform/process.h"

namespace ssprotect::platform {

/// `Processes::holdersBelow`. NTFS tells who uses a file; where the file system does not, the system's list of
/// all handles does.
Result<std::vector<ProcessIdentity>> fileHoldersBelow(const Path& folder);

} // namespace ssprotect::platform
