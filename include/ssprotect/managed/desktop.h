#pragma once

#include "ssprotect/base/result.h"
#include "ssprotect/platform/file_system.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ssprotect::managed {

/// A process for as long as it lives: the id alone is used again.
struct ProcessIdentity {
    std::uint64_t id = 0;
    std::uint64_t startedAt = 0; ///< in the system's own units
    friend auto operator<=>(const ProcessIdentity&, const ProcessIdentity&) = default;
};

/// A program that was started on a document, with all that it started itself.
class StartedProgram {
public:
    virtual ~StartedProgram() = default;
    virtual ProcessIdentity identity() const = 0;
    /// It or a descendant runs.
    virtual bool alive() = 0;
    /// It ended with a signal or another status than 0. False while it runs.
    virtual bool failed() = 0;
};

/// Keeps a folder in sight until it is destroyed.
class FolderWatch {
public:
    virtual ~FolderWatch() = default;
};

/// What managed access asks of the machine around it: programs, and who has which file. Any thread;
/// callbacks come from any thread and only wake somebody up.
class Desktop {
public:
    virtual ~Desktop() = default;

    /// The program and arguments that open such a document, without the document; `unsupported-file` when no
    /// program is associated.
    virtual Result<std::vector<std::string>> programFor(const platform::Path& document) = 0;
    /// Starts it with the document as last argument. `not-found`, `access-denied` name the program.
    virtual Result<std::unique_ptr<StartedProgram>>
    start(const std::vector<std::string>& program, const platform::Path& document, std::function<void()> ended) = 0;
    virtual bool isAlive(const ProcessIdentity& process) = 0;
    /// The processes, without this one, that have a file below `folder` open or mapped, work in it or watch it.
    /// An Error where it cannot be told.
    virtual Result<std::vector<ProcessIdentity>> holdersBelow(const platform::Path& folder) = 0;
    /// Whether `process` or a descendant of it is one of `program`'s own.
    virtual bool belongsTo(StartedProgram& program, const ProcessIdentity& process) = 0;
    /// A process that runs the same executable as `program`, is older, and could have been given the document:
    /// it has a connection to others. Nothing when there is none.
    virtual std::optional<ProcessIdentity> runningInstanceOf(const std::vector<std::string>& program) = 0;
    /// `happened` is called after files in the folder were created, changed, closed, renamed or removed.
    virtual Result<std::unique_ptr<FolderWatch>> watch(const platform::Path& folder,
                                                       std::function<void()> happened) = 0;
};

} // namespace ssprotect::managed
