#include "mark_cache.h"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace ssprotect::shellext {
namespace {

const FileMark kSealed{FileKind::sealed, {}, {}};
const FileMark kPlain{FileKind::plain, {}, {}};

std::string nameOf(int number) { return "folder/file " + std::to_string(number) + ".txt"; }

TEST(MarkCache, KnowsAFileUntilItsStampChanges) {
    MarkCache cache;
    EXPECT_EQ(cache.find("a", {1, 500}), std::nullopt);
    cache.keep("a", {1, 500}, kSealed);
    EXPECT_EQ(cache.find("a", {1, 500}), kSealed);
    EXPECT_EQ(cache.find("a", {2, 500}), std::nullopt);
    EXPECT_EQ(cache.find("a", {1, 501}), std::nullopt);
    EXPECT_EQ(cache.find("b", {1, 500}), std::nullopt);
    cache.keep("a", {2, 500}, kPlain);
    EXPECT_EQ(cache.find("a", {2, 500}), kPlain);
    EXPECT_EQ(cache.find("a", {1, 500}), std::nullopt);
}

TEST(MarkCache, HoldsAFolderOfTenThousandFilesNearlyWhole) {
    MarkCache cache;
    for (int i = 0; i < 10'000; ++i)
        cache.keep(nameOf(i), {1, 500}, i % 2 == 0 ? kSealed : kPlain);
    int known = 0;
    for (int i = 0; i < 10'000; ++i)
        if (const auto mark = cache.find(nameOf(i), {1, 500})) {
            EXPECT_EQ(*mark, i % 2 == 0 ? kSealed : kPlain);
            ++known;
        }
    EXPECT_GT(known, 8'500);
}

TEST(MarkCache, ForgetsWhatWasUsedLeast) {
    MarkCache cache(4); // one place
    for (int i = 0; i < 4; ++i)
        cache.keep(nameOf(i), {1, 500}, kSealed);
    EXPECT_TRUE(cache.find(nameOf(0), {1, 500}));
    cache.keep(nameOf(4), {1, 500}, kSealed);
    EXPECT_TRUE(cache.find(nameOf(0), {1, 500}));
    EXPECT_FALSE(cache.find(nameOf(1), {1, 500}));
    EXPECT_TRUE(cache.find(nameOf(4), {1, 500}));
}

TEST(MarkCache, ServesManyThreads) {
    MarkCache cache(64);
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&cache, thread] {
            for (int i = 0; i < 2'000; ++i) {
                const FileStamp stamp{static_cast<std::uint64_t>(thread), 500};
                cache.keep(nameOf(i), stamp, thread % 2 == 0 ? kSealed : kPlain);
                if (const auto mark = cache.find(nameOf(i), stamp)) {
                    EXPECT_EQ(*mark, thread % 2 == 0 ? kSealed : kPlain);
                }
            }
        });
}

} // namespace
} // namespace ssprotect::shellext
