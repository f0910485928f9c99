#include "run.h"

#include "command_line.h"
#include "ssprotect/platform/terminal.h"

#include <cstdio>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

int tellInsteadOfRunning(const Output& output, const CommandLine& line) {
    if (line.exitCode() != kDone) {
        output.error(makeError(ErrorCode::usage, line.message()));
        if (!output.json())
            output.remark("'ssprotect --help' explains the commands, 'ssprotect COMMAND --help' one of them.");
        return line.exitCode();
    }
    output.object({{"text", line.message()}});
    output.text(line.message());
    return kDone;
}

int runCommand(const Output& output, const CommandLine& line) {
    const auto home = ipc::homeFolder();
    if (!home) {
        output.error(home.error());
        return home.error().exitCode();
    }
    const ipc::Endpoint endpoint(*home);
    SecretSource secrets(line.passwordFromStdin());
    const bool terminal =
        platform::isTerminal(platform::StandardStream::input) || platform::isTerminal(platform::StandardStream::error);
    Context context{output, secrets, endpoint, terminal && !line.json()};
    const auto outcome = line.command()(context);
    if (outcome)
        return *outcome;
    output.error(outcome.error());
    return outcome.error().exitCode();
}

} // namespace

int run(std::vector<std::string> arguments) {
    CommandLine line;
    const bool parsed = line.parse(std::move(arguments));
    const Output output(line.json());
    const int code = parsed ? runCommand(output, line) : tellInsteadOfRunning(output, line);
    if (output.flush() || code != kDone)
        return code;
    std::fputs("ssprotect: the output could not be written\n", stderr);
    return kSomeFailed;
}

} // namespace ssprotect::cli
