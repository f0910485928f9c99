#pragma once

#include <string>
#include <string_view>
#include <windows.h>

namespace ssprotect::shellext {

/// A text of the DLL's resources in the user's language.
std::wstring textOf(HINSTANCE module, unsigned id);

/// UTF-8 as Windows wants it.
std::wstring wideText(std::string_view text);

} // namespace ssprotect::shellext
