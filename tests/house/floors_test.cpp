#include "source_tree.h"

#include <algorithm>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::house {
namespace {

namespace fs = std::filesystem;

const fs::path kTop = SSPROTECT_SOURCE_DIR;

/// docs/architecture.md, from the ground up.
const std::map<std::string, int> kFloors{
    {"base", 0},  {"platform", 1}, {"ipc", 1},      {"crypto", 2},     {"twofactor", 2}, {"container", 3},
    {"store", 3}, {"kodiac", 4},   {"vchain", 4},   {"conversion", 4}, {"session", 5},   {"managed", 5},
    {"app", 6},   {"tray", 7},     {"shellext", 7}, {"cli", 7},        {"kodiacd", 7},
};

std::string where(const Include& include) {
    return include.file.generic_string() + ":" + std::to_string(include.line) + " includes " + include.target;
}

/// The room that an include line leads to; empty for system and library headers and for a neighbour in the same folder.
std::string targetRoom(const Include& include) {
    constexpr std::string_view kPrefix = "ssprotect/";
    if (!include.target.starts_with(kPrefix))
        return {};
    const auto rest = include.target.substr(kPrefix.size());
    return rest.substr(0, rest.find('/'));
}

std::vector<Include> allIncludes() {
    std::vector<Include> all;
    for (const auto& file : sourceFiles(kTop))
        for (auto& include : includesOf(kTop, file))
            all.push_back(std::move(include));
    return all;
}

bool startsWithAny(const std::string& text, std::initializer_list<std::string_view> prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](auto prefix) { return text.starts_with(prefix); });
}

TEST(House, EveryRoomStandsOnAKnownFloor) {
    for (const auto& file : sourceFiles(kTop))
        EXPECT_TRUE(kFloors.contains(roomOf(file))) << file << " lies in a room without a floor";
}

TEST(House, AnIncludeNeverClimbsAFloor) {
    const auto includes = allIncludes();
    ASSERT_GT(includes.size(), 100u);
    for (const auto& include : includes) {
        const auto room = targetRoom(include);
        if (room.empty())
            continue;
        ASSERT_TRUE(kFloors.contains(room)) << where(include);
        EXPECT_LE(kFloors.at(room), kFloors.at(roomOf(include.file))) << where(include) << ", which lies above it";
    }
}

TEST(House, RoomsIncludeEachOtherInNoCycle) {
    std::map<std::string, std::vector<std::string>> graph;
    for (const auto& include : allIncludes()) {
        const auto from = roomOf(include.file);
        const auto to = targetRoom(include);
        if (!to.empty() && to != from)
            graph[from].push_back(to);
    }
    EXPECT_THAT(findCycle(graph), ::testing::IsEmpty());
}

TEST(House, FilesIncludeEachOtherInNoCycle) {
    std::map<std::string, std::vector<std::string>> graph;
    for (const auto& include : allIncludes()) {
        if (!include.quoted)
            continue;
        const auto beside = (include.file.parent_path() / include.target).lexically_normal();
        const auto target = fs::exists(kTop / beside) ? beside : fs::path("include") / include.target;
        graph[include.file.generic_string()].push_back(target.generic_string());
    }
    EXPECT_THAT(findCycle(graph), ::testing::IsEmpty());
}

TEST(House, APrivateHeaderIsIncludedOnlyFromItsOwnRoom) {
    for (const auto& include : allIncludes()) {
        if (!include.quoted || include.target.starts_with("ssprotect/"))
            continue;
        const auto target = (include.file.parent_path() / include.target).lexically_normal();
        if (fs::exists(kTop / target)) {
            EXPECT_EQ(roomOf(target), roomOf(include.file)) << where(include);
        }
    }
}

TEST(House, ACycleIsFoundWhenThereIsOne) {
    EXPECT_THAT(findCycle({{"a", {"b"}}, {"b", {"c"}}, {"c", {"a"}}}), ::testing::ElementsAre("a", "b", "c", "a"));
    EXPECT_THAT(findCycle({{"a", {"b", "c"}}, {"b", {"c"}}}), ::testing::IsEmpty());
}

TEST(House, OnlyTheCryptoRoomSpeaksToOpenSsl) {
    for (const auto& include : allIncludes()) {
        if (include.target.starts_with("openssl/")) {
            EXPECT_EQ(roomOf(include.file), "crypto") << where(include);
        }
    }
}

TEST(House, OnlyTheHttpFolderOfKodiacSpeaksTlsAndHttp) {
    for (const auto& include : allIncludes()) {
        if (startsWithAny(include.target, {"boost/asio/ssl", "boost/beast"})) {
            EXPECT_EQ(include.file.parent_path(), fs::path("src/kodiac/http")) << where(include);
        }
    }
}

TEST(House, OnlyTheStoreRoomSpeaksToADatabase) {
    for (const auto& include : allIncludes()) {
        if (startsWithAny(include.target, {"sqlite3", "libpq", "postgresql/"})) {
            EXPECT_EQ(roomOf(include.file), "store") << where(include);
        }
    }
}

TEST(House, OnlyTheDaemonsMailSpeaksToLibcurl) {
    for (const auto& include : allIncludes()) {
        if (include.target.starts_with("curl/")) {
            EXPECT_TRUE(include.file.generic_string().starts_with("src/kodiac/mail/")) << where(include);
        }
    }
}

TEST(House, OnlyTheDaemonReadsArchives) {
    for (const auto& include : allIncludes()) {
        if (startsWithAny(include.target, {"archive"}) && !include.quoted) {
            EXPECT_EQ(roomOf(include.file), "kodiacd") << where(include);
        }
    }
}

TEST(House, OnlyPlatformAndIpcSpeakToTheOperatingSystem) {
    const std::set<std::string> allowed{"platform", "ipc", "shellext"};
    for (const auto& include : allIncludes()) {
        if (!startsWithAny(include.target, {"unistd.h", "sys/", "fcntl.h", "windows.h", "winsock", "pwd.h", "dirent.h",
                                            "signal.h", "linux/", "gio/", "glib", "shlobj", "termios.h", "spawn.h"}))
            continue;
        EXPECT_TRUE(allowed.contains(roomOf(include.file))) << where(include);
    }
}

TEST(House, SourcesAskForNoPlatformOutsidePlatformAndIpc) {
    const std::set<std::string> allowed{"platform", "ipc", "shellext"};
    for (const auto& file : sourceFiles(kTop)) {
        if (allowed.contains(roomOf(file)))
            continue;
        std::ifstream in(kTop / file);
        std::string line;
        for (int number = 1; std::getline(in, line); ++number)
            EXPECT_EQ(line.find("_WIN32"), std::string::npos) << file << ":" << number;
    }
}

TEST(House, OnlyTheTrayIsMadeOfQt) {
    for (const auto& include : allIncludes()) {
        if (!include.quoted && include.target.size() > 1 && include.target[0] == 'Q' &&
            std::isupper(include.target[1])) {
            EXPECT_EQ(roomOf(include.file), "tray") << where(include);
        }
    }
}

TEST(House, NoSourceIsLongerThanFiveHundredLines) {
    for (const auto& file : sourceFiles(kTop)) {
        std::ifstream in(kTop / file);
        const auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');
        EXPECT_LE(lines, 500) << file << " has two jobs: make it two files";
    }
}

} // namespace
} // namespace ssprotect::house
