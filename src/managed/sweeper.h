#pragma once

#include "workspace.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace ssprotect::managed {

/// Wipes again what a program still had open when its workspace was to go (Windows lets nobody remove that), until it
/// is gone. What is left when this ends goes at the next start.
class Sweeper {
public:
    /// `pause` between two tries. `workspaces` outlives this.
    Sweeper(Workspaces& workspaces, Duration pause);
    ~Sweeper();
    Sweeper(const Sweeper&) = delete;
    Sweeper& operator=(const Sweeper&) = delete;

    /// A workspace may have been left. Any thread.
    void wake();

private:
    void run();

    Workspaces& workspaces_;
    const Duration pause_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    std::thread thread_;
};

} // namespace ssprotect::managed
