#include "daemon_run.h"

#include <csignal>
#include <filesystem>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

using boost::asio::local::datagram_protocol;

/// Who started the service and listens to it.
class ServiceManager {
public:
    explicit ServiceManager(const std::filesystem::path& at)
        : socket_(context_, datagram_protocol::endpoint(at.string())) {}

    std::string next() {
        std::array<char, 256> text{};
        return {text.data(), socket_.receive(boost::asio::buffer(text))};
    }

private:
    boost::asio::io_context context_;
    datagram_protocol::socket socket_;
};

using ServiceManagerTest = DaemonTest;

TEST_F(ServiceManagerTest, HearsWhatTheDaemonDoes) {
    init();
    const auto socket = folder_ / "notify";
    ServiceManager manager(socket);
    DaemonRun daemon(data(), {}, {{"NOTIFY_SOCKET", socket.string()}});
    ASSERT_NE(daemon.port(), 0);
    EXPECT_EQ(manager.next(), "READY=1");
    daemon.signal(SIGHUP);
    EXPECT_THAT(manager.next(), testing::StartsWith("RELOADING=1\nMONOTONIC_USEC="));
    EXPECT_EQ(manager.next(), "READY=1");
    EXPECT_EQ(daemon.stop().exitCode, 0);
    EXPECT_EQ(manager.next(), "STOPPING=1");
}

TEST_F(ServiceManagerTest, IsNotNeeded) {
    init();
    DaemonRun daemon(data(), {}, {{"NOTIFY_SOCKET", (folder_ / "nobody").string()}});
    EXPECT_NE(daemon.port(), 0);
    EXPECT_EQ(daemon.stop().exitCode, 0);
}

} // namespace
} // namespace ssprotect::kodiacd
