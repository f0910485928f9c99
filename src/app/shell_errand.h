#pragma once

#include "rooms.h"

#include <string>
#include <vector>

namespace ssprotect::app {

/// Opens one file after another, each with its own acknowledgement; a refusal is told as a notice and the next one
/// follows. Returns at once.
void openInTurn(Rooms& rooms, MethodTable& methods, std::vector<std::string> pathTexts);

/// "activate" or "release" as one conversion, folders with all below them; its end is told as a notice. Returns at
/// once.
void convertTogether(Rooms& rooms, MethodTable& methods, std::string operation, std::vector<std::string> pathTexts);

} // namespace ssprotect::app
