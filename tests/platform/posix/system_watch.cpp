#include "system_watch.h"

namespace ssprotect::platform {

/// Each folder is watched by itself here; that is ours to do.
bool systemTellsOfOlderFolders() { return true; }

} // namespace ssprotect::platform
