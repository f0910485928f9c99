#pragma once

#include "ssprotect/base/result.h"

#include <filesystem>
#include <string_view>
#include <windows.h>

namespace ssprotect::platform {

/// ERROR_STOPPED_ON_SYMLINK, which winerror.h of mingw-w64 lacks.
inline constexpr DWORD kLinkRefused = 681;

/// The Error for a system error code: the code by its meaning, the message "cannot `action` 'path': why; what to do".
Error fileError(DWORD number, std::string_view action, const std::filesystem::path& path);

/// The same for something that is no file.
Error systemError(DWORD number, std::string_view action);

} // namespace ssprotect::platform
