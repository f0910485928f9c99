#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace ssprotect::platform {

/// `readHiddenLine` on an open terminal.
Result<WipedBytes> readHiddenLineFrom(int terminal, std::string_view prompt);

/// `readShownLine` on an open terminal.
Result<std::optional<std::string>> readShownLineFrom(int terminal, std::string_view prompt, Duration patience);

} // namespace ssprotect::platform
