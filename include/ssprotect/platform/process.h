#pragma once

#include "ssprotect/platform/file_system.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ssprotect::platform {

/// A process for as long as it lives: the id alone is used again.
struct ProcessIdentity {
    std::uint64_t id = 0;
    std::uint64_t startedAt = 0; ///< in the system's own units; a later process has a higher or the same value
    friend auto operator<=>(const ProcessIdentity&, const ProcessIdentity&) = default;
};

/// What a person's programs get back that this process took from itself, see `hardenProcess`.
struct UserDefaults {
    std::optional<unsigned> fileMask; ///< POSIX umask; none: as this process has it
};

struct ProgramStart {
    std::vector<std::string> command; ///< a program (a path, or a name to be found as the shell finds it), arguments
    Path workingFolder;               ///< empty: ours
    std::vector<std::pair<std::string, std::string>> environment; ///< added to ours
    bool silent = true;          ///< no input; output thrown away. Else the three streams are ours
    std::function<void()> ended; ///< called once when the program itself ended; any thread; must not block
};

/// A program that was started, with all that it started itself. Destroying it leaves them running and
/// ends the calls of `ended`. Any thread.
class StartedProgram {
public:
    virtual ~StartedProgram() = default;
    virtual ProcessIdentity identity() const = 0;
    /// It or a descendant runs. A descendant that went to the root folder, unless the program was started
    /// there, is a daemon for everybody (a bus that the first program of a desktop starts) and does not count.
    virtual bool alive() = 0;
    /// The program itself ended by a signal or with another status than 0. False while it runs.
    virtual bool failed() = 0;
    /// Whether that process is the program or a descendant, daemons included.
    virtual bool owns(const ProcessIdentity& process) = 0;
    /// Asks the program and its descendants, and nobody else, to end.
    virtual void terminate() = 0;
};

/// Starting programs, and who has which file. All methods may be called from any thread.
class Processes {
public:
    virtual ~Processes() = default;

    /// In a session of its own, so that no terminal and no signal of ours reaches it. `not-found`,
    /// `access-denied` name the program and what to do. The started program may outlive this object.
    virtual Result<std::unique_ptr<StartedProgram>> start(ProgramStart start) = 0;
    virtual bool isAlive(const ProcessIdentity& process) = 0;
    /// Who of this user, without this process, has a file below `folder` open or mapped, works in it or
    /// watches it. Processes that the system hides from us are not seen. An Error where it cannot be told. Costs some
    /// milliseconds for every hundred processes.
    virtual Result<std::vector<ProcessIdentity>> holdersBelow(const Path& folder) = 0;
    /// The oldest process of this user that runs the same program as `command` and talks to other processes,
    /// so that a second start could hand its document over to it.
    virtual std::optional<ProcessIdentity> runningInstanceOf(const std::vector<std::string>& command) = 0;
};

/// The file that a command's first word names: itself if it is a path (made absolute), else found as the shell
/// finds programs, never in the working folder. `not-found`, `access-denied` say what to do.
Result<Path> programFile(const std::string& name);

/// The processes of this machine.
std::unique_ptr<Processes> makeSystemProcesses(UserDefaults defaults = {});

} // namespace ssprotect::platform
