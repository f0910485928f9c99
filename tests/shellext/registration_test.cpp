#include "explorer_world.h"
#include "registry_entries.h"

#include <windows.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::shellext::test {
namespace {

bool exists(const std::wstring& key) {
    HKEY opened = nullptr;
    if (::RegOpenKeyExW(HKEY_LOCAL_MACHINE, key.c_str(), 0, KEY_READ, &opened) != ERROR_SUCCESS)
        return false;
    ::RegCloseKey(opened);
    return true;
}

TEST(Registration, LeavesNothingBehindAndMayBeRepeated) {
    ExplorerWorld world;
    const std::vector<std::filesystem::path> dll{std::filesystem::path(SSPROTECT_BIN_DIR) / "ssprotect-shell.dll"};
    for (int i = 0; i < 2; ++i) {
        EXPECT_THAT(world.host("register", dll).lines, ::testing::ElementsAre("0x00000000"));
        for (const auto& key : registryTraces().keys)
            EXPECT_TRUE(exists(key)) << ::testing::PrintToString(key);
    }
    for (int i = 0; i < 2; ++i) {
        EXPECT_THAT(world.host("unregister", dll).lines, ::testing::ElementsAre("0x00000000"));
        for (const auto& key : registryTraces().keys)
            EXPECT_FALSE(exists(key)) << ::testing::PrintToString(key);
    }
    world.host("register", dll); // for the tests that follow
}

TEST(TheDll, IsSmall) {
#ifndef NDEBUG
    GTEST_SKIP() << "this build carries what debuggers need";
#else
    EXPECT_LE(std::filesystem::file_size(std::filesystem::path(SSPROTECT_BIN_DIR) / "ssprotect-shell.dll"), 1u << 20);
#endif
}

} // namespace
} // namespace ssprotect::shellext::test
