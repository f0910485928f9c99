#pragma once

#include <chrono>
#include <optional>

namespace ssprotect::shellext {

/// After a tray process did not answer in time, it is left alone for 10 s. One thread.
class BackOff {
public:
    using Clock = std::chrono::steady_clock;

    bool mayTry(Clock::time_point now) const { return !until_ || now >= *until_; }
    void failed(Clock::time_point now) { until_ = now + kPause; }
    void worked() { until_.reset(); }

private:
    static constexpr std::chrono::seconds kPause{10};
    std::optional<Clock::time_point> until_;
};

} // namespace ssprotect::shellext
