#include "pipe_world.h"
#include "raw_pipe.h"

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

TEST(InstanceLock, IsHeldByOneAtATime) {
    support::TempFolder folder;
    const Endpoint endpoint(folder / "new/home");
    {
        const auto first = InstanceLock::acquire(endpoint);
        ASSERT_TRUE(first.ok());
        EXPECT_EQ(InstanceLock::acquire(endpoint).error().code, ErrorCode::conflict);
        EXPECT_TRUE(InstanceLock::acquire(Endpoint(folder / "other")).ok());
    }
    EXPECT_TRUE(InstanceLock::acquire(endpoint).ok());
}

TEST(InstanceLock, GoesWithAProcessThatIsKilled) {
    support::TempFolder folder;
    const Endpoint endpoint(folder.path());
    std::array<int, 2> ready{};
    ASSERT_EQ(::pipe(ready.data()), 0);
    const auto child = ::fork();
    if (child == 0) {
        const auto lock = InstanceLock::acquire(endpoint);
        ::write(ready[1], lock.ok() ? "y" : "n", 1);
        ::pause();
    }
    char answer = 0;
    ASSERT_EQ(::read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    EXPECT_EQ(InstanceLock::acquire(endpoint).error().code, ErrorCode::conflict);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(InstanceLock::acquire(endpoint).ok());
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST(InstanceLock, LetsASuccessorTakeTheSocketOfADeadTrayProcess) {
    support::TempFolder folder;
    { const RawListener dead{Endpoint(folder.path())}; } // its file stays
    ASSERT_TRUE(std::filesystem::exists(folder / "run/tray.sock"));
    EXPECT_EQ(PipeClient::connect(Endpoint(folder.path())).error().code, ErrorCode::noTrayProcess);
    PipeWorld world({}, 2, folder.path());
    EXPECT_TRUE(world.connect().call("echo", Json::object()).ok());
}

TEST(InstanceLock, AFolderInTheWayIsNotRemoved) {
    support::TempFolder folder;
    std::filesystem::create_directories(folder / "run/tray.sock/keep");
    EXPECT_ANY_THROW(PipeWorld({}, 1, folder.path()));
    EXPECT_TRUE(std::filesystem::exists(folder / "run/tray.sock/keep"));
}

TEST(InstanceLock, ALinkInPlaceOfTheRunFolderIsNotFollowed) {
    support::TempFolder folder;
    std::filesystem::create_directories(folder / "elsewhere");
    std::filesystem::create_directory_symlink(folder / "elsewhere", folder / "run");
    EXPECT_FALSE(InstanceLock::acquire(Endpoint(folder.path())).ok());
    EXPECT_TRUE(std::filesystem::is_empty(folder / "elsewhere"));
}

} // namespace
} // namespace ssprotect::ipc
