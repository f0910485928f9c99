#pragma once

#include <string>
#include <string_view>
#include <windows.h>

namespace ssprotect::ipc {

/// Whether two programs or modules lie in one folder; neither name may be empty.
bool liesBeside(std::wstring_view image, std::wstring_view other);

/// The file of a running program; empty when the system does not tell.
std::wstring imageOf(DWORD process);
/// The program or DLL that this code is part of.
std::wstring ownModule();

} // namespace ssprotect::ipc
