#pragma once

#include "ssprotect/base/result.h"

#include <string>
#include <string_view>

namespace ssprotect::ipc {

/// Any bytes as UTF-8 and back; see `pathToText`.
std::string escapeBytes(std::string_view bytes);
Result<std::string> unescapeBytes(std::string_view text);

} // namespace ssprotect::ipc
