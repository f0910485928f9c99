#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <string_view>

namespace ssprotect::platform {

enum class StandardStream { input, output, error };

bool isTerminal(StandardStream stream);

/// Columns of the terminal behind `stream`; 80 when there is none or it does not tell.
unsigned terminalWidth(StandardStream stream);

/// Asks on the terminal of this process (not on the standard streams, which may be redirected) and reads one
/// line without showing it; without the line end. `cancelled` on Ctrl-C and Ctrl-D, `usage` when there is no terminal.
Result<WipedBytes> readHiddenLine(std::string_view prompt);

} // namespace ssprotect::platform
