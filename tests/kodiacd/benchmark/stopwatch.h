#pragma once

#include <chrono>
#include <vector>

namespace ssprotect::kodiacd {

/// Keeps how long each of the things took that it timed. One thread.
class Stopwatch {
public:
    using Clock = std::chrono::steady_clock;
    using Millis = std::chrono::duration<double, std::milli>;

    auto time(const auto& work) {
        const auto start = Clock::now();
        struct AtEnd {
            Stopwatch& watch;
            Clock::time_point start;
            ~AtEnd() { watch.taken_.push_back(Millis(Clock::now() - start).count()); }
        } const ending{*this, start};
        return work();
    }

    /// Milliseconds, in the order they were taken.
    const std::vector<double>& taken() const { return taken_; }

private:
    std::vector<double> taken_;
};

} // namespace ssprotect::kodiacd
