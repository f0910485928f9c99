#pragma once

#include "process_table.h"

namespace ssprotect::platform {

/// A started process and what it started itself, recognised by its session, by the marker in the
/// environment that descendants inherit wherever they go, and by the chain of parents. Any thread.
class ProcessFamily {
public:
    /// `daemonsTold`: the head works elsewhere than in the root folder, so whoever does went there on purpose.
    ProcessFamily(ProcessRow head, std::string marker, bool daemonsTold)
        : head_(head), marker_(std::move(marker)), daemonsTold_(daemonsTold) {}

    ProcessIdentity head() const { return head_.identity(); }
    bool contains(const ProcessRow& process) const;
    /// Those that run and are no daemons for everybody (see `StartedProgram::alive`).
    std::vector<ProcessRow> livingMembers() const;
    bool anyAlive() const;

private:
    bool mayBelong(const ProcessRow& process) const;
    bool descendsFromHead(ProcessRow process) const;
    bool counts(const ProcessRow& process) const;
    template <class Visit> void visitMembers(Visit visit) const;

    ProcessRow head_;
    std::string marker_;
    bool daemonsTold_;
};

} // namespace ssprotect::platform
