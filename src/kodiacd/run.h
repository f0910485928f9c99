#pragma once

#include <string>
#include <vector>

namespace ssprotect::kodiacd {

/// The program: runs what the arguments ask for and returns its exit code. Errors are one line on stderr.
int run(std::vector<std::string> arguments);

} // namespace ssprotect::kodiacd
