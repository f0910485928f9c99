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
/// False where this user may make no symbolic links.
bool makeLink(const std::filesystem::path& target, const std::filesystem::path& link);

} // namespace ssprotect::support
