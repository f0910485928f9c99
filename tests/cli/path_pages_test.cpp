#include "cli/path_pages.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

TEST(PathPages, KeepEveryPathInOrder) {
    std::vector<std::string> paths;
    for (int i = 0; i < 3001; ++i)
        paths.push_back("/" + std::string(static_cast<std::size_t>(i % 5000), 'x') + std::to_string(i));
    PathPages pages(paths);
    std::vector<std::string> gathered;
    while (!pages.done()) {
        const auto page = pages.next();
        EXPECT_GE(page.size(), 1u);
        EXPECT_LE(page.size(), 1000u);
        EXPECT_LT(page.dump().size(), std::size_t{900} << 10);
        for (const auto& path : page)
            gathered.push_back(path);
    }
    EXPECT_EQ(gathered, paths);
}

TEST(PathPages, HoldAPathOfAnyLength) {
    PathPages pages({std::string(1'000'000, 'x'), "b"});
    EXPECT_EQ(pages.next().size(), 1u);
    EXPECT_EQ(pages.next().size(), 1u);
    EXPECT_TRUE(pages.done());
}

TEST(PathPages, OfNothingAreEmpty) {
    PathPages pages({});
    EXPECT_TRUE(pages.done());
    EXPECT_EQ(pages.next(), nlohmann::json::array());
}

} // namespace
} // namespace ssprotect::cli
