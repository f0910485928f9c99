#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::session {

/// A folder of the home, and the home itself, that a power cut does not take away again: secrets will lie in it
/// that nothing else knows.
Status makeDurableFolder(platform::FileSystem& files, const platform::Path& folder);

} // namespace ssprotect::session
