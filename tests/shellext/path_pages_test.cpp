#include "path_pages.h"

#include <gtest/gtest.h>

namespace ssprotect::shellext {
namespace {

TEST(PathPages, PutsAFewPathsOnOnePage) {
    const std::vector<std::string> texts{"a", "b", "c"};
    const auto pages = pagesOf(texts);
    ASSERT_EQ(pages.size(), 1u);
    EXPECT_EQ(pages[0].size(), 3u);
}

TEST(PathPages, KeepsEachPageFarBelowAFrameAndLosesNothing) {
    std::vector<std::string> texts;
    for (int i = 0; i < 30'000; ++i)
        texts.push_back(std::string(static_cast<std::size_t>(i % 300), 'x') + std::to_string(i));
    std::size_t next = 0;
    for (const auto& page : pagesOf(texts)) {
        std::size_t bytes = 0;
        for (const auto& text : page) {
            EXPECT_EQ(text, texts[next++]);
            bytes += text.size() + 3;
        }
        EXPECT_LE(bytes, std::size_t{512} << 10);
        EXPECT_LE(page.size(), 10'000u);
    }
    EXPECT_EQ(next, texts.size());
}

TEST(PathPages, GivesAPathThatIsTooLongAPageOfItsOwn) {
    const std::vector<std::string> texts{"a", std::string(1 << 19, 'x'), "b"};
    EXPECT_EQ(pagesOf(texts).size(), 3u);
    EXPECT_EQ(pagesOf({}).size(), 1u);
}

} // namespace
} // namespace ssprotect::shellext
