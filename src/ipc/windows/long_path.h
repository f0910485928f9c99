#pragma once

#include <filesystem>
#include <string>

namespace ssprotect::ipc {

/// The name for the system's calls, not bound to the 260 characters that an absolute one has otherwise.
std::wstring longPath(std::filesystem::path name);

} // namespace ssprotect::ipc
