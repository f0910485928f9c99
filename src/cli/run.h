#pragma once

#include <string>
#include <vector>

namespace ssprotect::cli {

/// The whole program: reads the arguments (without the program's name), runs the command, gives the exit code.
int run(std::vector<std::string> arguments);

} // namespace ssprotect::cli
