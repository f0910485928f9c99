#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// Whether other users of the machine (its administrator aside) may enter or list the folder.
Result<bool> openToOthers(const Path& folder);
/// For the owner only from now on; what lies below is out of reach with it.
Status closeToOthers(const Path& folder);

} // namespace ssprotect::platform
