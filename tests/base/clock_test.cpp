#include "ssprotect/base/clock.h"

#include <limits>

#include <gtest/gtest.h>

namespace ssprotect {
namespace {

TEST(Iso8601, IsUtcWithMilliseconds) {
    EXPECT_EQ(toIso8601(fromUnixMillis(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(toIso8601(fromUnixMillis(1'769'847'300'123)), "2026-01-31T08:15:00.123Z");
    EXPECT_EQ(toIso8601(fromUnixMillis(1'709'251'199'999)), "2024-02-29T23:59:59.999Z");
    EXPECT_EQ(toIso8601(fromUnixMillis(253'402'300'799'000)), "9999-12-31T23:59:59.000Z");
}

TEST(Iso8601, ReachesBefore1970) { EXPECT_EQ(toIso8601(fromUnixMillis(-1)), "1969-12-31T23:59:59.999Z"); }

TEST(Iso8601, TakesAnyTimeThatAHeaderMayName) {
    EXPECT_EQ(toIso8601(fromUnixMillis(std::numeric_limits<std::int64_t>::max())), "9999-12-31T23:59:59.999Z");
    EXPECT_EQ(toIso8601(fromUnixMillis(std::numeric_limits<std::int64_t>::min())), "0000-01-01T00:00:00.000Z");
}

TEST(UnixMillis, GoThereAndBack) { EXPECT_EQ(toUnixMillis(fromUnixMillis(1'769'847'300'123)), 1'769'847'300'123); }

TEST(SystemClock, KnowsThisMillenniumAndNeverRunsBackwards) {
    const SystemClock clock;
    EXPECT_GT(toUnixMillis(clock.now()), 1'700'000'000'000);
    const Duration before = clock.uptime();
    EXPECT_LE(before, clock.uptime());
}

} // namespace
} // namespace ssprotect
