#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/base/wiped_bytes.h"

#include <string_view>

namespace ssprotect::platform {

/// `readHiddenLine` on an open terminal.
Result<WipedBytes> readHiddenLineFrom(int terminal, std::string_view prompt);

} // namespace ssprotect::platform
