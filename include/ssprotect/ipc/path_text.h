#pragma once

#include "ssprotect/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace ssprotect::ipc {

/// A path as text that JSON can carry: valid UTF-8 stays itself; each byte that is not part of valid UTF-8
/// becomes U+10FF00 + byte, and so do the four bytes of a real U+10FFxx, so that every path comes back whole.
std::string pathToText(const std::filesystem::path& path);

/// The inverse. `invalid-input` for text that is empty, holds a NUL, is no UTF-8, or holds an escape of an ASCII byte.
Result<std::filesystem::path> textToPath(std::string_view text);

} // namespace ssprotect::ipc
