#pragma once

#include "descriptor.h"

#include <mutex>
#include <thread>

namespace ssprotect::platform {

/// Closes files whose last name is gone: freeing the blocks of a large one takes a tenth of a second for each GiB, and
/// nobody needs to wait for it. One at a time. Any thread.
class BackgroundCloser {
public:
    BackgroundCloser() = default;
    ~BackgroundCloser() { wait(); }
    BackgroundCloser(const BackgroundCloser&) = delete;
    BackgroundCloser& operator=(const BackgroundCloser&) = delete;

    /// Waits for the one before.
    void close(Descriptor file);
    /// Until what was given is closed and its room is free.
    void wait();

private:
    std::mutex mutex_;
    std::thread closing_;
};

} // namespace ssprotect::platform
