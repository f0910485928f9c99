#pragma once

#include "ssprotect/platform/process.h"

namespace ssprotect::platform {

/// `Processes::holdersBelow`, from /proc.
Result<std::vector<ProcessIdentity>> fileHoldersBelow(const Path& folder);

} // namespace ssprotect::platform
