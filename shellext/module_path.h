#pragma once

#include <string>
#include <windows.h>

namespace ssprotect::shellext {

/// Where the DLL lies, however long the path; empty when the system does not tell.
std::wstring modulePath(HINSTANCE module);

} // namespace ssprotect::shellext
