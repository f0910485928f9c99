#include "process_family.h"

namespace ssprotect::platform {
namespace {

constexpr int kDeepestChain = 64;

} // namespace

bool ProcessFamily::mayBelong(const ProcessRow& process) const {
    return !process.dead && process.startedAt >= head_.startedAt;
}

bool ProcessFamily::descendsFromHead(ProcessRow process) const {
    for (int depth = 0; depth < kDeepestChain && process.parent > 1; ++depth) {
        if (process.parent == head_.id)
            return true;
        const auto parent = processRow(process.parent);
        if (!parent || parent->startedAt < head_.startedAt)
            return false;
        process = *parent;
    }
    return false;
}

bool ProcessFamily::contains(const ProcessRow& process) const {
    if (!mayBelong(process))
        return false;
    return process.session == head_.id || hasEnvironment(process.id, marker_) || descendsFromHead(process);
}

bool ProcessFamily::counts(const ProcessRow& process) const {
    return process.id == head_.id || !daemonsTold_ || linkTarget(processPath(process.id, "cwd")) != "/";
}

template <class Visit> void ProcessFamily::visitMembers(Visit visit) const {
    const auto ids = processIds();
    if (!ids)
        return;
    for (const pid_t id : *ids)
        if (const auto process = processRow(id); process && contains(*process) && counts(*process) && !visit(*process))
            return;
}

std::vector<ProcessRow> ProcessFamily::livingMembers() const {
    std::vector<ProcessRow> members;
    visitMembers([&](const ProcessRow& process) {
        members.push_back(process);
        return true;
    });
    return members;
}

bool ProcessFamily::anyAlive() const {
    bool any = false;
    visitMembers([&](const ProcessRow&) {
        any = true;
        return false;
    });
    return any;
}

} // namespace ssprotect::platform
