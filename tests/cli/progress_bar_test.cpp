#include "cli/progress_bar.h"
#include "cli/text.h"

#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

const Progress kHalf{1234, 10'000, 500'000, 1'000'000, 85'000'000, 12};

TEST(ProgressBar, ShowsShareFilesBytesRateAndTimeLeft) {
    EXPECT_EQ(progressLine("Activate", kHalf, 120),
              "Activate [###############...............] 50%  1,234/10,000 files  "
              "500 kB of 1.00 MB  85.0 MB/s  0:12 left");
}

TEST(ProgressBar, NeverGetsWiderThanTheTerminal) {
    for (std::size_t width = 0; width < 200; ++width)
        EXPECT_LE(columnsOf(progressLine("Activate", kHalf, width)), width);
    EXPECT_EQ(progressLine("Activate", kHalf, 12), "Activate 50%");
    EXPECT_EQ(progressLine("Activate", kHalf, 11), "");
}

TEST(ProgressBar, CountsFilesWhenThereAreNoBytes) {
    EXPECT_EQ(progressLine("Release", {1, 4, 0, 0, 0, 0}, 40), "Release 25%  1/4 files  0 B of 0 B");
}

TEST(ProgressBar, StaysSaneWithNonsense) {
    EXPECT_EQ(progressLine("x", {}, 6), "x 0%");
    EXPECT_EQ(progressLine("x", {9, 3, 9, 3, 0, 0}, 6), "x 100%");
    EXPECT_LE(
        columnsOf(progressLine("x", {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}, 300)),
        300u);
}

} // namespace
} // namespace ssprotect::cli
