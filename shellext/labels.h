#pragma once

#include "verbs.h"

#include <string>
#include <windows.h>

namespace ssprotect::shellext {

/// How the menus of both kinds word a verb.
std::wstring labelOf(HINSTANCE module, const Offer& offer);
std::wstring helpOf(HINSTANCE module, Verb verb);

} // namespace ssprotect::shellext
