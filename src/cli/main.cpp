#include "run.h"
#include "ssprotect/platform/console_program.h"

int main(int count, char** arguments) {
    const ssprotect::platform::ConsoleProgram program(count, arguments);
    return ssprotect::cli::run(program.arguments());
}
