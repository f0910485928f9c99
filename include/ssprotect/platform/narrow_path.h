#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ssprotect::platform {

/// The path as arguments of programs have it: its bytes on POSIX, UTF-8 on Windows, where a surrogate without
/// its partner comes out as the three bytes of its number. `pathOfNarrow` gives the same path back.
std::string narrowPath(const std::filesystem::path& path);
std::filesystem::path pathOfNarrow(std::string_view text);

} // namespace ssprotect::platform
