#pragma once

#include "ssprotect/base/result.h"

#include <chrono>
#include <string>

namespace ssprotect {

/// Milliseconds of Unix time.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

/// Time comes in through this interface; tests drive it. Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall-clock time.
    virtual TimePoint now() const = 0;
    /// Monotonic, for time-outs; unrelated to `now()`.
    virtual Duration uptime() const = 0;
};

class SystemClock final : public Clock {
public:
    TimePoint now() const override;
    Duration uptime() const override;
};

/// `2026-01-31T08:15:00.123Z`; the years 0 to 9999, what lies beyond is shown as their end.
std::string toIso8601(TimePoint time);

inline std::int64_t toUnixMillis(TimePoint time) { return time.time_since_epoch().count(); }
inline TimePoint fromUnixMillis(std::int64_t millis) { return TimePoint{Duration{millis}}; }

} // namespace ssprotect
