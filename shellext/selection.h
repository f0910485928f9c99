#pragma once

#include "file_looker.h"
#include "verbs.h"

#include <objidl.h>
#include <shobjidl.h>
#include <vector>

namespace ssprotect::shellext {

/// The files and folders that Explorer hands in; empty when they are no files (the control panel, a camera).
std::vector<std::filesystem::path> pathsOf(IDataObject* selection);
std::vector<std::filesystem::path> pathsOf(IShellItemArray* selection);

/// Looks at them until the facts are settled or the time that a menu may take is over.
SelectionFacts factsOf(FileLooker& files, const std::vector<std::filesystem::path>& paths);

} // namespace ssprotect::shellext
