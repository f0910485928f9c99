#include "pipe_world.h"
#include "raw_pipe.h"

#include <functional>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

constexpr uid_t kNobody = 65'534;

/// The exit code of `work` run in a process of another user.
int asAnotherUser(const std::function<int()>& work) {
    const auto child = ::fork();
    if (child == 0)
        ::_exit(::setgid(kNobody) == 0 && ::setuid(kNobody) == 0 ? work() : 99);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

/// Takes away what the file permissions protect, so that only the check of the peer is left. Nothing above the
/// test's own folder: that would take the machine's /tmp from its other users.
void openToAll(const std::filesystem::path& home) {
    for (auto folder = home; folder != std::filesystem::temp_directory_path() && folder != folder.root_path();
         folder = folder.parent_path())
        ::chmod(folder.c_str(), 0755);
    ::chmod((home / "run").c_str(), 0777);
    ::chmod((home / "run/tray.sock").c_str(), 0777);
}

class OtherUser : public ::testing::Test {
protected:
    void SetUp() override {
        if (::geteuid() != 0)
            GTEST_SKIP() << "only root can become another user";
    }
};

TEST_F(OtherUser, CannotEvenReachTheSocket) {
    PipeWorld world;
    EXPECT_EQ(asAnotherUser([&] { return PipeClient::connect(world.endpoint()).ok() ? 1 : 0; }), 0);
}

TEST_F(OtherUser, IsTurnedAwayByTheServerWhenThePermissionsFail) {
    PipeWorld world;
    openToAll(world.endpoint().home());
    EXPECT_EQ(asAnotherUser([&] {
                  RawPipe pipe(world.endpoint());
                  pipe.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"echo"})");
                  return pipe.receive().has_value() ? 1 : 0;
              }),
              0);
    EXPECT_EQ(world.handler().closedCount(), 0u);
    EXPECT_TRUE(world.connect().call("echo", Json::object()).ok()) << "the owner is served as before";
}

TEST_F(OtherUser, CannotPretendToBeTheTrayProcess) {
    support::TempFolder folder;
    const Endpoint endpoint(folder.path());
    const RawListener listener(endpoint); // of root
    openToAll(folder.path());
    ASSERT_EQ(::chown(endpoint.runFolder().c_str(), kNobody, kNobody), 0);
    EXPECT_EQ(asAnotherUser([&] {
                  const auto client = PipeClient::connect(endpoint);
                  return !client.ok() && client.error().code == ErrorCode::peerRefused ? 0 : 1;
              }),
              0);
}

TEST_F(OtherUser, CannotLendTheirRunFolder) {
    support::TempFolder folder;
    const Endpoint endpoint(folder.path());
    std::filesystem::create_directories(endpoint.runFolder());
    ASSERT_EQ(::chown(endpoint.runFolder().c_str(), kNobody, kNobody), 0);
    EXPECT_EQ(InstanceLock::acquire(endpoint).error().code, ErrorCode::peerRefused);
    EXPECT_EQ(PipeClient::connect(endpoint).error().code, ErrorCode::peerRefused);
}

} // namespace
} // namespace ssprotect::ipc
