#include "ssprotect/base/clock.h"

#include <algorithm>
#include <cstdio>

namespace ssprotect {

TimePoint SystemClock::now() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Duration SystemClock::uptime() const {
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

namespace {

// What ISO 8601 has four digits for; beyond, calendars and clocks overflow.
constexpr TimePoint kFirst = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
constexpr TimePoint kLast =
    TimePoint{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31} + std::chrono::days{1}} - Duration{1};

} // namespace

std::string toIso8601(TimePoint given) {
    const TimePoint time = std::clamp(given, kFirst, kLast);
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

} // namespace ssprotect
