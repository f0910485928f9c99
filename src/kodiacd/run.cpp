#include "run.h"

#include "command_line.h"
#include "ssprotect/crypto/system_random.h"

#include <exception>
#include <iostream>

namespace ssprotect::kodiacd {
namespace {

constexpr int kDone = 0;

int tellError(const Error& error) {
    std::cerr << "kodiacd: " << error.message << '\n';
    return error.exitCode();
}

int tellInsteadOfRunning(const CommandLine& line) {
    if (line.exitCode() != kDone) {
        tellError(makeError(ErrorCode::usage, line.message() + "; 'kodiacd --help' explains the commands"));
        return line.exitCode();
    }
    std::cout << line.message() << (line.message().ends_with('\n') ? "" : "\n");
    return kDone;
}

int runCommand(const Command& command) {
    const SystemClock clock;
    crypto::SystemRandom random;
    const auto files = platform::makeSystemFiles();
    const auto done = command({clock, random, *files, std::cout, makeJsonLog()});
    if (!done)
        return tellError(done.error());
    if (std::cout.flush())
        return kDone;
    return tellError(makeError(ErrorCode::ioError, "the output could not be written"));
}

} // namespace

int run(std::vector<std::string> arguments) {
    CommandLine line;
    try {
        return line.parse(std::move(arguments)) ? runCommand(line.command()) : tellInsteadOfRunning(line);
    } catch (const std::exception& error) { // no memory, no threads: nothing that a command could mend
        return tellError(
            makeError(ErrorCode::internal, std::string("this machine does not let it go on: ") + error.what()));
    }
}

} // namespace ssprotect::kodiacd
