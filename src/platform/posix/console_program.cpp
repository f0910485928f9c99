#include "ssprotect/platform/console_program.h"

namespace ssprotect::platform {

ConsoleProgram::ConsoleProgram(int count, char** arguments) : arguments_(arguments + (count > 0), arguments + count) {}

ConsoleProgram::~ConsoleProgram() = default;

} // namespace ssprotect::platform
