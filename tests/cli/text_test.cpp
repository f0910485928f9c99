#include "cli/table.h"
#include "cli/text.h"

#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

TEST(Text, SizesHaveThreeDigits) {
    EXPECT_EQ(sizeText(0), "0 B");
    EXPECT_EQ(sizeText(999), "999 B");
    EXPECT_EQ(sizeText(1000), "1.00 kB");
    EXPECT_EQ(sizeText(9995), "10.0 kB");
    EXPECT_EQ(sizeText(12'400), "12.4 kB");
    EXPECT_EQ(sizeText(999'499), "999 kB");
    EXPECT_EQ(sizeText(999'500), "1.00 MB");
    EXPECT_EQ(sizeText(5'368'709'120), "5.37 GB");
    EXPECT_EQ(sizeText(UINT64_MAX), "18.4 EB");
}

TEST(Text, DurationsGrowToHours) {
    EXPECT_EQ(durationText(0), "0:00");
    EXPECT_EQ(durationText(59), "0:59");
    EXPECT_EQ(durationText(754), "12:34");
    EXPECT_EQ(durationText(3723), "1:02:03");
    EXPECT_EQ(durationText(UINT64_MAX), "5124095576030431:00:15");
}

TEST(Text, TimesAreShortened) {
    EXPECT_EQ(timeText("2026-01-31T08:15:00.123Z"), "2026-01-31 08:15 UTC");
    EXPECT_EQ(timeText("yesterday\n"), "yesterday\\x0a");
    EXPECT_EQ(timeText(""), "");
    EXPECT_EQ(timeText("2026-01-31T08:15:00"), "2026-01-31T08:15:00");
}

TEST(Text, NumbersAreGrouped) {
    EXPECT_EQ(numberText(0), "0");
    EXPECT_EQ(numberText(999), "999");
    EXPECT_EQ(numberText(1000), "1,000");
    EXPECT_EQ(numberText(1'234'567), "1,234,567");
    EXPECT_EQ(countText(1, "file"), "1 file");
    EXPECT_EQ(countText(0, "file"), "0 files");
}

TEST(Text, ColumnsCountCharacters) {
    EXPECT_EQ(columnsOf("Grüße"), 5u);
    EXPECT_EQ(columnsOf(""), 0u);
}

TEST(Text, TablesAlign) {
    Table table({"NAME", "FILE"});
    EXPECT_TRUE(table.empty());
    table.add({"größer", "/a"});
    table.add({"b", "/long/path"});
    EXPECT_FALSE(table.empty());
    EXPECT_EQ(table.text(), "NAME    FILE\n"
                            "größer  /a\n"
                            "b       /long/path\n");
    EXPECT_EQ(describedList({{"a", "1"}, {"long", "2"}}), "a     1\nlong  2\n");
}

} // namespace
} // namespace ssprotect::cli
