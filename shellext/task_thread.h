#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace ssprotect::shellext {

/// One thread, started with the first task, for what may wait. A task may hang for as long as the system lets it; those
/// behind it are not lost, but no more than `most` wait. Any thread may hand in; a task must not throw.
class TaskThread {
public:
    explicit TaskThread(std::size_t most) : most_(most) {}
    /// Waits for the task under way, drops the others.
    ~TaskThread();
    TaskThread(const TaskThread&) = delete;
    TaskThread& operator=(const TaskThread&) = delete;

    /// False: too many are waiting already, or there is no thread to be had.
    bool run(std::function<void()> task);

private:
    void serve();

    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    bool ending_ = false;
    std::thread thread_;
};

} // namespace ssprotect::shellext
