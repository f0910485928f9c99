#pragma once

#include "pipe_world.h"
#include "support/program_run.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {

/// What the command line asked for.
struct Call {
    std::string method;
    Json params;
    std::vector<std::string> secrets;
};

/// A tray process that says what the test wants it to say, and the real command line run against it.
class FakeTray {
public:
    FakeTray();

    /// The method gives this result, or fails with this error; others are unknown. "hello" is known.
    void gives(const std::string& method, Json result);
    void fails(const std::string& method, ErrorCode code, const std::string& message = "it went wrong");
    /// The method does what the test wants; it is noted like the others.
    void does(const std::string& method, ipc::ScriptedHandler::Method answer);

    std::vector<Call> calls() const;
    /// Of the method that was called once.
    Call call(const std::string& method) const;

    support::ProgramResult run(std::vector<std::string> arguments, const std::string& input = {},
                               const std::string& folder = {}) const;
    std::unique_ptr<support::ProgramRun> start(std::vector<std::string> arguments) const;

    ipc::PipeWorld& world() { return *world_; }
    /// What the command line's process needs to find it.
    std::map<std::string, std::string> environment() const;

private:
    mutable std::mutex mutex_;
    std::vector<Call> calls_;
    std::unique_ptr<ipc::PipeWorld> world_; ///< goes first: its threads use the rest
};

/// An absolute path of this system for one that is written /like/this: on Windows it lies on the current drive.
std::string local(const std::string& path);
/// A folder that exists, for commands to be run in, and the path that they make of a name then.
std::string someFolder();
std::string inSomeFolder(const std::string& name);

/// The command line with these arguments.
std::vector<std::string> commandOf(std::vector<std::string> arguments);

/// The command line with that home, without a tray process.
support::ProgramResult runAlone(std::vector<std::string> arguments, const std::string& home);

/// The one line of JSON that the command printed.
Json printed(const support::ProgramResult& result);
std::string errorWordOf(const support::ProgramResult& result);

} // namespace ssprotect::cli
