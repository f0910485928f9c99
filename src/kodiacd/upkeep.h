#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace ssprotect::kodiacd {

/// A thread that does a piece of work now and then, first at once. The destructor waits for what is being done.
class Upkeep {
public:
    Upkeep(std::function<void()> work, Duration interval);
    ~Upkeep();
    Upkeep(const Upkeep&) = delete;
    Upkeep& operator=(const Upkeep&) = delete;

private:
    void run(const std::stop_token& stop);

    std::function<void()> work_;
    Duration interval_;
    std::mutex mutex_;
    std::condition_variable_any wakened_;
    std::jthread thread_; // last: it uses the rest
};

} // namespace ssprotect::kodiacd
