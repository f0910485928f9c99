#include "expiry_watch.h"

#include <chrono>

namespace ssprotect::app {
namespace {

constexpr std::chrono::seconds kBetweenLooks{30};

} // namespace

void ExpiryWatch::start() {
    thread_ = std::thread([this] { watch(); });
}

void ExpiryWatch::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

void ExpiryWatch::watch() {
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, kBetweenLooks, [this] { return stopping_; })) {
        lock.unlock();
        sessions_.endIfExpired();
        lock.lock();
    }
}

} // namespace ssprotect::app
