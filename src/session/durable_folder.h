#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::session {

/// A folder of the home, and the home itself, that a power cut does not take away again: secrets will lie in it
/// that nothing else knows.
Status makeDurableFolder(platform::FileSystem& files, const platform::Path& folder);

/// Removes what writes that were cut off left in a folder of ours. What cannot be removed now may be the next time.
void clearLeftovers(platform::FileSystem& files, const platform::Path& folder);

} // namespace ssprotect::session
