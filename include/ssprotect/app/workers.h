#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ssprotect::app {

/// Threads that may wait, so that neither the pipe's nor the GUI's ever does. A thread is added whenever
/// all are busy, up to `most`; what comes beyond that waits its turn. Any thread.
class Workers {
public:
    explicit Workers(std::size_t most);
    ~Workers() { stop(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void run(std::function<void()> task);
    /// Runs what was handed in, drops what comes later, and returns when all has ended. What the tasks wait
    /// for must have been ended before. Not from a task.
    void stop();

private:
    void serve();

    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable work_;
    std::deque<std::function<void()>> tasks_;
    std::size_t idle_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

} // namespace ssprotect::app
