#include "ssprotect/app/workers.h"

namespace ssprotect::app {

Workers::Workers(std::size_t most) : most_(most) {}

void Workers::stop() {
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
    }
    work_.notify_all();
    for (auto& thread : threads_)
        thread.join();
    threads_.clear();
}

void Workers::run(std::function<void()> task) {
    std::lock_guard lock(mutex_);
    if (ending_)
        return;
    tasks_.push_back(std::move(task));
    if (tasks_.size() > idle_ && threads_.size() < most_)
        threads_.emplace_back([this] { serve(); });
    work_.notify_one();
}

void Workers::serve() {
    std::unique_lock lock(mutex_);
    while (true) {
        ++idle_;
        work_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        --idle_;
        if (tasks_.empty())
            return;
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
    }
}

} // namespace ssprotect::app
