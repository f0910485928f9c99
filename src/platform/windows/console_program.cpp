#include "ssprotect/platform/console_program.h"

#include "command_line.h"

#include <cstdio>
#include <fcntl.h>
#include <io.h>
#include <windows.h>

namespace ssprotect::platform {
namespace {

bool leadsNowhere(DWORD stream) {
    const HANDLE handle = ::GetStdHandle(stream);
    return handle == nullptr || handle == INVALID_HANDLE_VALUE;
}

void showOnTerminal(std::FILE* stream) {
    if (std::freopen("CONOUT$", "wb", stream) != nullptr)
        std::setvbuf(stream, nullptr, _IONBF, 0);
}

} // namespace

/// The narrow arguments that the C runtime hands over have lost what the code page lacks.
ConsoleProgram::ConsoleProgram(int, char**) : arguments_(wordsOf(::GetCommandLineW())) {
    if (!arguments_.empty())
        arguments_.erase(arguments_.begin());
    const bool silentOutput = leadsNowhere(STD_OUTPUT_HANDLE);
    const bool silentErrors = leadsNowhere(STD_ERROR_HANDLE);
    if ((silentOutput || silentErrors) && ::AttachConsole(ATTACH_PARENT_PROCESS) != FALSE) {
        if (silentOutput)
            showOnTerminal(stdout);
        if (silentErrors)
            showOnTerminal(stderr);
    }
    for (std::FILE* stream : {stdin, stdout, stderr})
        ::_setmode(::_fileno(stream), _O_BINARY);
    std::setvbuf(stderr, nullptr, _IONBF,
                 0); // whoever reads it through a pipe hears of what goes on, not of the end only
    codePage_ = ::GetConsoleOutputCP();
    ::SetConsoleOutputCP(CP_UTF8);
}

ConsoleProgram::~ConsoleProgram() {
    std::fflush(stdout);
    if (codePage_ != 0)
        ::SetConsoleOutputCP(codePage_);
}

} // namespace ssprotect::platform
