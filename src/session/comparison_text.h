#pragma once

#include <string_view>

namespace ssprotect::session {

/// Whether a person gave this comparison code: case, spaces and hyphens between the groups do not count.
bool isComparisonCode(std::string_view given, std::string_view code);

} // namespace ssprotect::session
