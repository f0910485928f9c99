#include "session_home.h"
#include "ssprotect/platform/sibling_name.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

TEST(HostDatabaseTest, ClearsAwayWhatACrashLeftBesideIt) {
    SessionHome home;
    home.createAccount();
    const auto folder = home.layout().hostFolder();
    const auto leftover = platform::siblingName(folder / "any", home.random);
    const auto key = platform::siblingName(home.layout().kodiacFolder() / "any", home.random);
    const auto other = folder / "notes.txt";
    for (const auto& path : {leftover, key, other})
        ASSERT_TRUE(platform::writeWhole(*home.files, path, Bytes{1}));
    home.crash();
    EXPECT_FALSE(home.files->info(leftover));
    EXPECT_FALSE(home.files->info(key));
    EXPECT_TRUE(home.files->info(other));
    EXPECT_TRUE(home.manager().login({{}, std::string(kEmail)}, viewOf(kPassword)));
}

} // namespace
} // namespace ssprotect::session
