#include "upkeep.h"

namespace ssprotect::kodiacd {

Upkeep::Upkeep(std::function<void()> work, Duration interval)
    : work_(std::move(work)), interval_(interval), thread_([this](const std::stop_token& stop) { run(stop); }) {}

Upkeep::~Upkeep() {
    thread_.request_stop();
    thread_.join();
}

void Upkeep::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        work_();
        std::unique_lock lock(mutex_);
        wakened_.wait_for(lock, stop, interval_, [] { return false; });
    }
}

} // namespace ssprotect::kodiacd
