#include "ssprotect/platform/directory_watcher.h"
#include "support/temp_folder.h"
#include "system_watch.h"

#include <condition_variable>
#include <fstream>
#include <mutex>

#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using Kind = FolderChange::Kind;
using support::TempFolder;

class DirectoryWatcherTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directory(watched);
        std::filesystem::create_directory(watched / "sub");
        auto started = watchDirectory(watched, [this](const FolderChange& change) {
            const std::lock_guard lock(mutex);
            changes.emplace_back(change.kind, change.name);
            arrived.notify_all();
        });
        ASSERT_TRUE(started.ok());
        watcher = std::move(*started);
    }
    void TearDown() override { watcher.reset(); }

    void expect(Kind kind, const Path& name) {
        std::unique_lock lock(mutex);
        const auto told = [&] {
            return std::find(changes.begin(), changes.end(), std::pair{kind, name}) != changes.end();
        };
        EXPECT_TRUE(arrived.wait_for(lock, std::chrono::seconds(30), told))
            << name << " was not told; told were " << ::testing::PrintToString(changes);
    }
    static void write(const Path& path) { std::ofstream(path) << "content"; }

    TempFolder folder;
    Path watched = folder / "watched";
    std::mutex mutex;
    std::condition_variable arrived;
    std::vector<std::pair<Kind, Path>> changes;
    std::unique_ptr<DirectoryWatcher> watcher;
};

TEST_F(DirectoryWatcherTest, TellsOfNewAndWrittenFiles) {
    write(watched / "file");
    expect(Kind::created, "file");
    expect(Kind::changed, "file");
}

TEST_F(DirectoryWatcherTest, TellsOfASaveByRename) {
    write(folder / "outside");
    std::filesystem::rename(folder / "outside", watched / "file");
    expect(Kind::created, "file");
    std::filesystem::create_directory(watched / "new");
    expect(Kind::created, "new");
    std::filesystem::rename(watched / "file", watched / "new" / "file");
    expect(Kind::removed, "file");
    expect(Kind::created, "new/file");
    std::filesystem::remove(watched / "new" / "file");
    expect(Kind::removed, "new/file");
}

TEST_F(DirectoryWatcherTest, TellsOfFoldersThatWereThereBefore) {
    if (!systemTellsOfOlderFolders())
        GTEST_SKIP() << "this system does not tell of what happens in folders older than the watching";
    write(watched / "sub" / "file");
    expect(Kind::created, "sub/file");
    std::filesystem::remove(watched / "sub" / "file");
    expect(Kind::removed, "sub/file");
}

TEST_F(DirectoryWatcherTest, FollowsNewFoldersAndWhatTheyBringAlong) {
    std::filesystem::create_directories(folder / "tree" / "deep");
    write(folder / "tree" / "deep" / "before");
    std::filesystem::rename(folder / "tree", watched / "tree");
    expect(Kind::created, "tree/deep/before");
    write(watched / "tree" / "deep" / "after");
    expect(Kind::changed, "tree/deep/after");
}

TEST_F(DirectoryWatcherTest, SaysToLookAtItAllWhenTheFolderIsGone) {
    std::filesystem::remove_all(watched);
    std::error_code unknown;
    if (std::filesystem::exists(watched, unknown))
        GTEST_SKIP() << "on this system a watched folder is only gone when nobody watches it any more";
    expect(Kind::everything, {});
}

TEST_F(DirectoryWatcherTest, SaysToLookAtItAllWhenTheFolderIsMovedAway) {
    std::filesystem::rename(watched, folder / "elsewhere");
    expect(Kind::everything, {});
}

TEST_F(DirectoryWatcherTest, TellsNothingAfterItsEnd) {
    watcher.reset();
    changes.clear();
    write(watched / "file");
    EXPECT_TRUE(changes.empty());
}

TEST(DirectoryWatcher, RefusesWhatIsNoFolder) {
    const TempFolder folder;
    std::ofstream(folder / "file") << "x";
    const auto ignore = [](const FolderChange&) {};
    EXPECT_EQ(watchDirectory(folder / "none", ignore).error().code, ErrorCode::notFound);
    EXPECT_EQ(watchDirectory(folder / "file", ignore).error().code, ErrorCode::notFound);
}

} // namespace
} // namespace ssprotect::platform
