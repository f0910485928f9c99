#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace ssprotect::platform {

enum class StandardStream { input, output, error };

bool isTerminal(StandardStream stream);

/// Columns of the terminal behind `stream`; 80 when there is none or it does not tell.
unsigned terminalWidth(StandardStream stream);

/// Asks on the terminal of this process (not on the standard streams, which may be redirected) and reads one
/// line without showing it; without the line end. `cancelled` on Ctrl-C and Ctrl-D, `usage` when there is no terminal.
Result<WipedBytes> readHiddenLine(std::string_view prompt);

/// The same for an answer that may be seen while it is typed. Nothing: no line within `patience`.
Result<std::optional<std::string>> readShownLine(std::string_view prompt, Duration patience);

} // namespace ssprotect::platform
