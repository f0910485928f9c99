#pragma once

#include <filesystem>
#include <vector>

namespace ssprotect::support {

/// A path below the system's root whose name is no Unicode, as this system can have it.
std::filesystem::path oddPath();
/// Names that a file may have here and that programs tend to get wrong.
std::vector<std::filesystem::path> oddNames();
/// Something that can be opened and is no file.
std::filesystem::path devicePath();
/// The folder is no longer its owner's alone.
void letOthersIn(const std::filesystem::path& folder);
/// A file that any program makes in a folder for the owner only is for the owner only too. POSIX: yes, because whoever
/// makes a file of ours says so itself. Windows: the folder hands its access list down; Wine does not.
bool filesBecomePrivate();
/// False where this user may make no symbolic links.
bool makeLink(const std::filesystem::path& target, const std::filesystem::path& link);

} // namespace ssprotect::support
