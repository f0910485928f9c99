#pragma once

#include <filesystem>
#include <string>

namespace ssprotect::platform {

/// The path for a system call: absolute, in the `\\?\` form, so that it may be long and means what it
/// says (no device names, no endings cut off). Empty, which no file has, for what is no name of a file: one that
/// holds a NUL or a wildcard, a device (`\\.\…`), a stream of a file (`name:stream`).
std::wstring systemName(const std::filesystem::path& path);

/// Says that it is a device: `\\.\NUL`, which is also what the system makes of a plain `NUL`.
bool namesDevice(const std::filesystem::path& path);

/// The longest name of one file or folder, in UTF-16 units.
inline constexpr std::size_t kLongestName = 255;

} // namespace ssprotect::platform
