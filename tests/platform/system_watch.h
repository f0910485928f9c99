#pragma once

namespace ssprotect::platform {

/// The system tells of changes in folders that were there before the watching began. Wine does not.
bool systemTellsOfOlderFolders();

} // namespace ssprotect::platform
