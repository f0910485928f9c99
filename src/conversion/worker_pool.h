#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace ssprotect::conversion {

/// Threads that overlap the disk waits of many small files. They start with the first work that
/// needs them and sleep without waking between. Several callers at once share them.
class WorkerPool {
public:
    /// `workers` counts the calling thread; 1 does everything on it, in order.
    explicit WorkerPool(unsigned workers);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Calls `work(i)` once for each i below `count`, in any order and on any thread, this one
    /// included; returns when all have returned.
    void each(std::size_t count, const std::function<void(std::size_t)>& work);

private:
    struct Task;
    void start();
    void serve();

    unsigned workers_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::shared_ptr<Task>> tasks_;
    std::vector<std::thread> threads_;
    bool stopping_ = false;
};

} // namespace ssprotect::conversion
