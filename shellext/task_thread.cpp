#include "task_thread.h"

#include <system_error>

namespace ssprotect::shellext {

TaskThread::~TaskThread() {
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
        tasks_.clear();
    }
    wake_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

bool TaskThread::run(std::function<void()> task) {
    std::lock_guard lock(mutex_);
    if (ending_ || tasks_.size() >= most_)
        return false;
    if (!thread_.joinable()) {
        try {
            thread_ = std::thread([this] { serve(); });
        } catch (const std::system_error&) {
            return false;
        }
    }
    tasks_.push_back(std::move(task));
    wake_.notify_all();
    return true;
}

void TaskThread::serve() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (ending_)
            return;
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
    }
}

} // namespace ssprotect::shellext
