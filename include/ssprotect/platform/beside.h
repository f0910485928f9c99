#pragma once

#include <filesystem>
#include <string_view>

namespace ssprotect::platform {

/// The name of `file` with `ending` behind it: a file in the same folder that belongs to it.
inline std::filesystem::path beside(const std::filesystem::path& file, std::string_view ending) {
    std::filesystem::path path = file;
    path += ending;
    return path;
}

} // namespace ssprotect::platform
