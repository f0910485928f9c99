#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// `FileSystem::copyAttributes`: owner, access list, the mark of a download, attributes and times. What the
/// caller may not set is left; the file then stays as narrow as it was made.
Status copyAllAttributes(const Path& from, const Path& to);

} // namespace ssprotect::platform
