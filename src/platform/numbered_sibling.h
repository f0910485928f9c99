#pragma once

#include <filesystem>

namespace ssprotect::platform {

/// A sibling name that follows from the target's name alone, for writers that have no Random.
std::filesystem::path numberedSibling(const std::filesystem::path& target, unsigned number);

} // namespace ssprotect::platform
