#include "pipe_world.h"
#include "raw_pipe.h"

#include <sys/stat.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

mode_t modeOf(const std::filesystem::path& path) {
    struct stat info {};
    EXPECT_EQ(::lstat(path.c_str(), &info), 0) << path;
    return info.st_mode;
}

TEST(RunFolder, ItAndTheSocketAreForTheOwner) {
    PipeWorld world;
    const auto run = world.endpoint().runFolder();
    EXPECT_EQ(modeOf(run), mode_t{S_IFDIR | 0700});
    EXPECT_EQ(modeOf(run / "tray.sock"), mode_t{S_IFSOCK | 0600});
    EXPECT_EQ(modeOf(run / "tray.lock"), mode_t{S_IFREG | 0600});
}

TEST(RunFolder, OneThatWasOpenToOthersIsClosed) {
    support::TempFolder folder;
    const Endpoint endpoint(folder.path());
    std::filesystem::create_directories(endpoint.runFolder());
    ASSERT_EQ(::chmod(endpoint.runFolder().c_str(), 0777), 0);
    const auto lock = InstanceLock::acquire(endpoint);
    ASSERT_TRUE(lock.ok());
    EXPECT_EQ(modeOf(endpoint.runFolder()), mode_t{S_IFDIR | 0700});
}

TEST(RunFolder, LosesItsSocketWhenTheServerStops) {
    PipeWorld world;
    world.server().stop();
    EXPECT_FALSE(std::filesystem::exists(world.endpoint().runFolder() / "tray.sock"));
}

TEST(RunFolder, ASuccessorTakesTheSocketOfADeadTrayProcess) {
    support::TempFolder folder;
    { const RawListener dead{Endpoint(folder.path())}; } // its file stays
    ASSERT_TRUE(std::filesystem::exists(folder / "run/tray.sock"));
    EXPECT_EQ(PipeClient::connect(Endpoint(folder.path())).error().code, ErrorCode::noTrayProcess);
    PipeWorld world({}, 2, folder.path());
    EXPECT_TRUE(world.connect().call("echo", Json::object()).ok());
}

TEST(RunFolder, AFolderInTheSocketsPlaceIsNotRemoved) {
    support::TempFolder folder;
    std::filesystem::create_directories(folder / "run/tray.sock/keep");
    EXPECT_ANY_THROW(PipeWorld({}, 1, folder.path()));
    EXPECT_TRUE(std::filesystem::exists(folder / "run/tray.sock/keep"));
}

TEST(RunFolder, ALinkInItsPlaceIsNotFollowed) {
    support::TempFolder folder;
    std::filesystem::create_directories(folder / "elsewhere");
    std::filesystem::create_directory_symlink(folder / "elsewhere", folder / "run");
    EXPECT_FALSE(InstanceLock::acquire(Endpoint(folder.path())).ok());
    EXPECT_TRUE(std::filesystem::is_empty(folder / "elsewhere"));
}

} // namespace
} // namespace ssprotect::ipc
