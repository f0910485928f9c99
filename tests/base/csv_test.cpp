#include "ssprotect/base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<std::string> onlyRow(std::string_view text) {
    auto rows = parseCsv(text);
    EXPECT_TRUE(rows.ok()) << (rows ? "" : rows.error().message);
    if (!rows || rows->size() != 1)
        return {"not one row"};
    return rows->front().cells;
}

std::string refusalOf(std::string_view text) {
    auto rows = parseCsv(text);
    return rows ? "was taken" : rows.error().message;
}

TEST(Csv, ReadsPlainAndQuotedCells) {
    EXPECT_THAT(onlyRow("a,b,c\n"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(onlyRow("a,b,c"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(onlyRow("\"a,b\",\"say \"\"hello\"\"\"\r\n"), ElementsAre("a,b", "say \"hello\""));
    EXPECT_THAT(onlyRow("\"two\nlines\",x\n"), ElementsAre("two\nlines", "x"));
    EXPECT_THAT(onlyRow(",,\n"), ElementsAre("", "", ""));
    EXPECT_THAT(onlyRow("\xEF\xBB\xBFmarked\n"), ElementsAre("marked"));
}

TEST(Csv, NumbersRowsByTheLineTheyBeginOn) {
    const auto rows = parseCsv("a\n\n\"b\n\nb\"\nc\n").value();
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].line, 1u);
    EXPECT_EQ(rows[1].line, 3u);
    EXPECT_EQ(rows[2].line, 6u);
}

TEST(Csv, NamesTheLineOfWhatItCannotRead) {
    EXPECT_THAT(refusalOf("ok\na\"b\n"), StartsWith("line 2"));
    EXPECT_THAT(refusalOf("ok\n\"never closed\n\n"), StartsWith("line 2"));
    EXPECT_THAT(refusalOf("\"a\"b\n"), StartsWith("line 1"));
    EXPECT_THAT(refusalOf("ok\nok\n\xff\n"), HasSubstr("line 3"));
    EXPECT_THAT(refusalOf(std::string_view("a\0b\n", 4)), HasSubstr("UTF-8"));
}

TEST(Csv, RefusesWhatOnlyLooksLikeUtf8) {
    for (const std::string_view text :
         {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\x80"})
        EXPECT_THAT(refusalOf(text), HasSubstr("UTF-8"));
    EXPECT_THAT(onlyRow("gr\xC3\xBC\xC3\x9F,\xF0\x9F\x94\x92"), ElementsAre("gr\xC3\xBC\xC3\x9F", "\xF0\x9F\x94\x92"));
}

TEST(Csv, WritesWhatItReadsBack) {
    const std::vector<std::string> cells{"plain", "with, comma", "with \"quotes\"", "two\nlines",
                                         "",      "=1+1",        "'quoted"};
    auto read = onlyRow(csvLine(cells));
    for (auto& cell : read)
        cell = plainCell(cell);
    EXPECT_EQ(read, cells);
}

TEST(Csv, GuardsCellsThatASpreadsheetWouldRun) {
    EXPECT_EQ(csvLine({"=cmd()"}), "'=cmd()\r\n");
    EXPECT_EQ(csvLine({"+1", "-1", "@x"}), "'+1,'-1,'@x\r\n");
    EXPECT_EQ(plainCell("'tis"), "'tis");
}

TEST(Csv, RefusesMoreRowsThanItTakes) {
    std::string text;
    for (std::size_t i = 0; i <= kMostCsvRows; ++i)
        text += "a\n";
    EXPECT_THAT(refusalOf(text), HasSubstr("too many rows"));
}

} // namespace
} // namespace ssprotect
