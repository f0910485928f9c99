#include "ssprotect/twofactor/hotp.h"

#include <gtest/gtest.h>

namespace ssprotect::twofactor {
namespace {

constexpr std::string_view kSecret = "12345678901234567890"; // RFC 4226, appendix D

TEST(Hotp, GivesThePublishedCodes) {
    constexpr std::string_view kCodes[] = {"755224", "287082", "359152", "969429", "338314",
                                           "254676", "287922", "162583", "399871", "520489"};
    for (std::uint64_t counter = 0; counter < std::size(kCodes); ++counter)
        EXPECT_EQ(hotpCode(viewOf(kSecret), counter, 6), kCodes[counter]) << "counter " << counter;
}

TEST(Hotp, LongerCodesEndInTheShorterOne) {
    // Appendix D gives the truncated decimals 1284755224 and 1094287082 for the counters 0 and 1.
    EXPECT_EQ(hotpCode(viewOf(kSecret), 0, 8), "84755224");
    EXPECT_EQ(hotpCode(viewOf(kSecret), 1, 7), "4287082");
}

TEST(Hotp, KeepsLeadingZeros) {
    // 82162583 for counter 7: with 8 digits nothing is lost, and codes always have as many digits as asked.
    for (std::uint64_t counter = 0; counter < 200; ++counter)
        EXPECT_EQ(hotpCode(viewOf(kSecret), counter, 6).size(), 6u);
    EXPECT_EQ(hotpCode(viewOf(kSecret), 7, 8), "82162583");
}

TEST(Hotp, UsesAllEightBytesOfTheCounter) {
    EXPECT_NE(hotpCode(viewOf(kSecret), std::uint64_t{1} << 32, 8), hotpCode(viewOf(kSecret), 0, 8));
}

TEST(HotpDeathTest, RefusesOtherNumbersOfDigits) {
    EXPECT_DEATH(static_cast<void>(hotpCode(viewOf(kSecret), 0, 5)), "");
    EXPECT_DEATH(static_cast<void>(hotpCode(viewOf(kSecret), 0, 9)), "");
}

} // namespace
} // namespace ssprotect::twofactor
