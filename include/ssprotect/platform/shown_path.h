#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ssprotect::platform {

/// The path as valid UTF-8 for messages and terminals: control characters and bytes that are
/// no UTF-8 come out as `\x1b`, so that a name can neither break JSON nor drive a terminal.
/// For people only; it does not round-trip.
std::string shownPath(const std::filesystem::path& path);

/// The same for any text that came from elsewhere.
std::string shownText(std::string_view text);

} // namespace ssprotect::platform
