#pragma once

#include "ssprotect/base/result.h"

#include <cerrno>
#include <filesystem>
#include <string_view>

namespace ssprotect::platform {

/// The Error for an `errno` value: the code by its meaning, the message "cannot `action` 'path': why; what to do".
Error fileError(int number, std::string_view action, const std::filesystem::path& path);

/// The same for something that is no file.
Error systemError(int number, std::string_view action);

/// The path for a system call. One that holds a NUL would be cut short there and name
/// another file, so it becomes the empty path, which no file has (ENOENT).
inline const char* systemName(const std::filesystem::path& path) {
    return path.native().find('\0') == std::string::npos ? path.c_str() : "";
}

/// Repeats a system call that a signal interrupted.
template <class Call> auto uninterrupted(Call call) {
    auto result = call();
    while (result == -1 && errno == EINTR)
        result = call();
    return result;
}

} // namespace ssprotect::platform
