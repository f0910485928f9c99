#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace ssprotect::shellext {

/// Cuts a selection into parts that fit into a frame of the pipe. At least one, in order.
std::vector<std::span<const std::string>> pagesOf(std::span<const std::string> texts);

} // namespace ssprotect::shellext
