#pragma once

#include "ssprotect/base/result.h"

#include <string>
#include <windows.h>

namespace ssprotect::ipc {

/// "<what>: <what the system says>"; by default of `GetLastError`.
Error systemError(const std::string& what, DWORD code = ::GetLastError());

} // namespace ssprotect::ipc
