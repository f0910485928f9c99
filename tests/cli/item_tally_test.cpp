#include "cli/item_tally.h"

#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

int exitCodeOfAll(int good, const std::vector<std::string_view>& words) {
    ItemTally tally;
    for (int i = 0; i < good; ++i)
        tally.good();
    for (const auto word : words)
        tally.failed(word);
    return tally.exitCode();
}

TEST(ItemTally, AllGoodIsZero) {
    EXPECT_EQ(exitCodeOfAll(0, {}), 0);
    EXPECT_EQ(exitCodeOfAll(3, {}), 0);
}

TEST(ItemTally, OneClassForAllGivesThatClass) {
    EXPECT_EQ(exitCodeOfAll(0, {"integrity"}), 5);
    EXPECT_EQ(exitCodeOfAll(0, {"refused", "foreign-file", "account-disabled"}), 4);
    EXPECT_EQ(exitCodeOfAll(0, {"not-found", "not-found"}), 8);
}

TEST(ItemTally, AnythingElseIsOne) {
    EXPECT_EQ(exitCodeOfAll(1, {"integrity"}), 1);
    EXPECT_EQ(exitCodeOfAll(0, {"integrity", "not-found"}), 1);
    EXPECT_EQ(exitCodeOfAll(0, {"integrity", "not-found", "integrity"}), 1);
    EXPECT_EQ(exitCodeOfAll(0, {"a-word-of-tomorrow"}), 1);
}

} // namespace
} // namespace ssprotect::cli
