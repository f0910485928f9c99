#pragma once

#include "descriptor.h"
#include "wake_event.h"

#include <functional>
#include <mutex>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace ssprotect::platform {

/// Collects children of this process when they end. Any thread.
class ChildReaper {
public:
    /// On the reaper's thread; `failed`: by a signal or with a status that is not 0.
    using Ended = std::function<void(bool failed)>;

    ChildReaper();
    ~ChildReaper();
    ChildReaper(const ChildReaper&) = delete;
    ChildReaper& operator=(const ChildReaper&) = delete;

    /// `handle` is the child's pidfd.
    void watch(pid_t child, Descriptor handle, Ended ended);

private:
    struct Child {
        pid_t id;
        Descriptor handle;
        Ended ended;
    };

    void run();
    std::vector<Child> takeEnded();

    std::mutex mutex_;
    std::vector<Child> children_;
    bool stopping_ = false;
    WakeEvent wake_;
    std::thread thread_;
};

} // namespace ssprotect::platform
