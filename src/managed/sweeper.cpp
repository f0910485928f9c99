#include "sweeper.h"

namespace ssprotect::managed {

Sweeper::Sweeper(Workspaces& workspaces, Duration pause)
    : workspaces_(workspaces), pause_(pause), thread_([this] { run(); }) {}

Sweeper::~Sweeper() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Sweeper::wake() {
    // Under the lock, or the thread could miss it between its look and its wait.
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
}

void Sweeper::run() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
        if (workspaces_.anyLeft())
            changed_.wait_for(lock, pause_, [this] { return ending_; });
        else
            changed_.wait(lock);
        if (ending_)
            return;
        lock.unlock();
        workspaces_.wipeLeft();
        lock.lock();
    }
}

} // namespace ssprotect::managed
