#include "child_reaper.h"

#include "system_error.h"

#include <algorithm>
#include <poll.h>
#include <sys/wait.h>

namespace ssprotect::platform {
namespace {

enum class Collected { running, ended, failed };

Collected collect(pid_t child) {
    siginfo_t info{};
    const auto id = static_cast<id_t>(child);
    if (uninterrupted([&] { return ::waitid(P_PID, id, &info, WEXITED | WNOHANG); }) != 0)
        return Collected::ended; // somebody else collected it; how it ended is not known
    if (info.si_pid == 0)
        return Collected::running;
    return info.si_code == CLD_EXITED && info.si_status == 0 ? Collected::ended : Collected::failed;
}

} // namespace

ChildReaper::ChildReaper() : thread_([this] { run(); }) {}

ChildReaper::~ChildReaper() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.wake();
    thread_.join();
}

void ChildReaper::watch(pid_t child, Descriptor handle, Ended ended) {
    {
        const std::lock_guard lock(mutex_);
        children_.push_back({child, std::move(handle), std::move(ended)});
    }
    wake_.wake();
}

void ChildReaper::run() {
    for (;;) {
        std::vector<struct pollfd> waiting{{wake_.get(), POLLIN, 0}};
        {
            const std::lock_guard lock(mutex_);
            if (stopping_)
                return;
            for (const auto& child : children_)
                waiting.push_back({child.handle.get(), POLLIN, 0});
        }
        uninterrupted([&] { return ::poll(waiting.data(), waiting.size(), -1); });
        wake_.clear();
        for (auto& child : takeEnded()) {
            const auto how = collect(child.id);
            if (how == Collected::running)
                watch(child.id, std::move(child.handle), std::move(child.ended));
            else
                child.ended(how == Collected::failed);
        }
    }
}

std::vector<ChildReaper::Child> ChildReaper::takeEnded() {
    const std::lock_guard lock(mutex_);
    const auto ended = std::stable_partition(children_.begin(), children_.end(), [](const Child& child) {
        struct pollfd now {
            child.handle.get(), POLLIN, 0
        };
        return ::poll(&now, 1, 0) <= 0;
    });
    std::vector<Child> taken(std::make_move_iterator(ended), std::make_move_iterator(children_.end()));
    children_.erase(ended, children_.end());
    return taken;
}

} // namespace ssprotect::platform
