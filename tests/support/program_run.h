#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ssprotect::support {

struct ProgramResult {
    int exitCode = -1; ///< POSIX: 128 + signal when one ended it
    std::string out;
    std::string err;
};

/// A program in a process of its own, without a terminal.
class ProgramRun {
public:
    /// The first argument is the program. `environment` is added to ours. It is killed when this object goes first.
    ProgramRun(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
               const std::string& input = {}, const std::string& folder = {});
    ~ProgramRun();
    ProgramRun(const ProgramRun&) = delete;
    ProgramRun& operator=(const ProgramRun&) = delete;

    /// As if Ctrl-C were pressed. False where that could not be said.
    [[nodiscard]] bool interrupt();
    /// Reads on until stderr holds `text`; false when it ended without, or takes too long.
    bool waitForError(const std::string& text);
    /// The same of stdout.
    bool waitForOutput(const std::string& text);
    /// What stdout said so far, as far as it was waited for.
    std::string output() const;
    /// What the system calls the process while it runs.
    int id() const;
    /// Reads all that it says until it ends.
    ProgramResult wait();

private:
    struct Process;
    std::unique_ptr<Process> process_;
    ProgramResult result_;
};

} // namespace ssprotect::support
