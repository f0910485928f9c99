#include "worker_pool.h"

#include <algorithm>
#include <atomic>

namespace ssprotect::conversion {

struct WorkerPool::Task {
    Task(std::size_t count_, const std::function<void(std::size_t)>& work_) : count(count_), work(work_) {}

    bool exhausted() const { return next.load(std::memory_order_relaxed) >= count; }

    /// Takes parts until none is left.
    void help() {
        std::size_t mine = 0;
        for (auto i = next.fetch_add(1); i < count; i = next.fetch_add(1)) {
            work(i);
            ++mine;
        }
        if (mine == 0)
            return;
        const std::lock_guard lock(mutex);
        done += mine;
        if (done == count)
            finished.notify_all();
    }

    void wait() {
        std::unique_lock lock(mutex);
        finished.wait(lock, [&] { return done == count; });
    }

    const std::size_t count;
    const std::function<void(std::size_t)>& work;
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::condition_variable finished;
    std::size_t done = 0;
};

WorkerPool::WorkerPool(unsigned workers) : workers_(std::max(workers, 1u)) {}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_)
        thread.join();
}

void WorkerPool::start() {
    while (threads_.size() + 1 < workers_)
        threads_.emplace_back([this] { serve(); });
}

void WorkerPool::each(std::size_t count, const std::function<void(std::size_t)>& work) {
    if (count <= 1 || workers_ == 1) {
        for (std::size_t i = 0; i < count; ++i)
            work(i);
        return;
    }
    // Shared, because a thread may look at it once more after the last part is done.
    const auto task = std::make_shared<Task>(count, work);
    {
        const std::lock_guard lock(mutex_);
        start();
        tasks_.push_back(task);
    }
    wake_.notify_all();
    task->help();
    task->wait();
    const std::lock_guard lock(mutex_);
    std::erase(tasks_, task);
}

void WorkerPool::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        const auto open =
            std::find_if(tasks_.begin(), tasks_.end(), [](const auto& task) { return !task->exhausted(); });
        if (open == tasks_.end()) {
            if (stopping_)
                return;
            wake_.wait(lock);
            continue;
        }
        const auto task = *open;
        lock.unlock();
        task->help();
        lock.lock();
    }
}

} // namespace ssprotect::conversion
