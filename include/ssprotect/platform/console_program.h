#pragma once

#include <string>
#include <vector>

namespace ssprotect::platform {

/// What a program does first, in `main`, and keeps to its end: its arguments as UTF-8 (POSIX: as they are), and standard
/// streams that pass bytes on unchanged and are shown as UTF-8. On Windows a program with windows that was started from a
/// terminal speaks to that one.
class ConsoleProgram {
public:
    ConsoleProgram(int count, char** arguments);
    ~ConsoleProgram();
    ConsoleProgram(const ConsoleProgram&) = delete;
    ConsoleProgram& operator=(const ConsoleProgram&) = delete;

    /// Without the program's name.
    const std::vector<std::string>& arguments() const { return arguments_; }

private:
    std::vector<std::string> arguments_;
    [[maybe_unused]] unsigned codePage_ = 0; ///< of a Windows terminal, to be put back; 0: none
};

} // namespace ssprotect::platform
