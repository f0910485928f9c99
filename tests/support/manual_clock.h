#pragma once

#include "ssprotect/base/clock.h"

#include <atomic>

namespace ssprotect::test {

/// Time that stands still until a test moves it. Any thread.
class ManualClock final : public Clock {
public:
    TimePoint now() const override { return kStart + Duration{passed_}; }
    Duration uptime() const override { return Duration{passed_}; }

    void advance(Duration by) { passed_ += by.count(); }

private:
    static constexpr TimePoint kStart{Duration{1'770'000'000'000}};
    std::atomic<Duration::rep> passed_{0};
};

} // namespace ssprotect::test
