#include "https_pair.h"
#include "raw_client.h"
#include "scripted_kodiac.h"

#include <gtest/gtest.h>

namespace ssprotect::kodiac::http {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kSample = "account.show";

class HostileClientTest : public testing::Test {
protected:
    void startWith(const ServerSettings& settings) { server_ = startServer(kodiac_, settings); }

    /// The server lives and serves.
    void expectAlive() {
        RawClient client(server_->port());
        const auto answer = client.exchange(rawPost(kSample, "{}"));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 200);
    }

    ScriptedKodiac kodiac_;
    std::unique_ptr<Server> server_ = startServer(kodiac_);
};

TEST_F(HostileClientTest, RequestsThatTwoReadersCouldReadInTwoWaysAreRefused) {
    struct Case {
        std::string request;
        int status;
    };
    const std::string post = "POST /v1/account.show HTTP/1.1\r\n";
    const std::string head = post + "Host: a\r\nContent-Type: application/json\r\n";
    const std::vector<Case> cases{
        {head + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400},
        {head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400},
        {head + "Content-Length: 2, 2\r\n\r\n{}", 400},
        {head + "Content-Length: +2\r\n\r\n{}", 400},
        {head + "Content-Length: -2\r\n\r\n{}", 400},
        {head + "Content-Length: 0x2\r\n\r\n{}", 400},
        {head + "Content-Length: 99999999999999999999999\r\n\r\n{}", 400},
        {head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400},
        {head + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400},
        {head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 411},
        {head + "Transfer-Encoding: identity\r\n\r\n", 411},
        {head + "\r\n", 411},
        {"POST /v1/account.show HTTP/1.1\nHost: a\nContent-Length: 2\n\n{}", 400},
        {"POST https://a/v1/account.show HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", 400},
        {"POST //v1/account.show HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", 405},
        {post + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 400},
        {head + "Host: b\r\nContent-Length: 2\r\n\r\n{}", 400},
        {head + "Content-Length : 2\r\n\r\n{}", 400},
        {head + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}", 417},
        {"POST /v1/account.show HTTP/1.0\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", 505},
        {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", 400},
        {"GET /v1/account.show HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {"DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {rawPost(kSample, "{}") + rawPost(kSample, "{}"), 400},
        {std::string("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 29), 400},
        {"\x16\x03\x01\x02garbage\r\n\r\n", 400},
    };
    for (const auto& [request, status] : cases) {
        RawClient client(server_->port());
        const auto answer = client.exchange(request);
        ASSERT_TRUE(answer) << request;
        EXPECT_EQ(answer->status, status) << request;
        EXPECT_TRUE(client.isClosed()) << request;
    }
    EXPECT_EQ(kodiac_.calls(), 0);
    expectAlive();
}

TEST_F(HostileClientTest, AWrongMethodIsToldTheRightOne) {
    for (const auto& [request, allowed] : {std::pair("GET /v1/account.show HTTP/1.1\r\nHost: a\r\n\r\n", "POST"),
                                           std::pair("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", "GET")}) {
        RawClient client(server_->port());
        const auto answer = client.exchange(request);
        ASSERT_TRUE(answer) << request;
        EXPECT_EQ(answer->status, 405);
        EXPECT_EQ(answer->fields.at("allow"), allowed);
    }
    RawClient client(server_->port());
    const auto answer = client.exchange(rawPost(kSample, "{}"));
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->fields.contains("allow"));
}

TEST_F(HostileClientTest, CallersThatAreNoneAreRefusedBeforeKodiacSeesThem) {
    const std::string id(32, 'a');
    for (const std::string& fields :
         {std::string("SSProtect-Counter: 99999999999999999999999\r\n"), std::string("SSProtect-Counter: -1\r\n"),
          std::string("SSProtect-Counter: 1 2\r\n"), std::string("SSProtect-Account: 12\r\n"),
          "SSProtect-Host: " + id + "\r\nssprotect-host: " + id + "\r\n", std::string("SSProtect-Code: 1;2\r\n"),
          std::string("SSProtect-New: 1\r\n"), std::string("Authorization: Basic YQ==\r\n"),
          std::string("Authorization: Bearer !\r\n"), "Authorization: Bearer " + std::string(200, 'A') + "\r\n"}) {
        RawClient client(server_->port());
        const auto answer = client.exchange(rawPost(kSample, "{}", fields));
        ASSERT_TRUE(answer) << fields;
        EXPECT_EQ(answer->status, 400) << fields;
    }
    EXPECT_EQ(kodiac_.calls(), 0);
}

TEST_F(HostileClientTest, AHeadBeyondItsLimitIsRefused) {
    RawClient client(server_->port());
    const auto answer = client.exchange(rawPost(kSample, "{}", "X-Long: " + std::string(20'000, 'a') + "\r\n"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 431);
    expectAlive();
}

TEST_F(HostileClientTest, ABodyBeyondItsLimitIsRefusedUnread) {
    RawClient client(server_->port());
    const auto answer =
        client.exchange("POST /v1/account.show HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413);
    expectAlive();
}

TEST_F(HostileClientTest, ABodyThatThereIsNoMemoryForIsTurnedAwayUnread) {
    auto settings = testServerSettings();
    settings.limits.bodyBytesInAll = 1 << 20;
    startWith(settings);
    const std::string head = "POST /v1/account.show HTTP/1.1\r\nHost: a\r\nContent-Length: ";
    RawClient client(server_->port());
    const auto answer = client.exchange(head + "2000000\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_TRUE(answer->fields.contains("retry-after"));
    EXPECT_TRUE(client.isClosed());
    expectAlive();
}

TEST_F(HostileClientTest, WhoIsTooSlowIsCutOff) {
    auto settings = testServerSettings();
    settings.limits.handshakeTime = settings.limits.headerTime = settings.limits.bodyTime = settings.limits.idleTime =
        200ms;
    startWith(settings);
    EXPECT_TRUE(RawClient(server_->port(), RawClient::Over::tcp).isClosed()) << "no handshake";
    EXPECT_TRUE(RawClient(server_->port()).isClosed()) << "no request";
    RawClient head(server_->port());
    head.send("POST /v1/account.show HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    EXPECT_TRUE(head.isClosed()) << "half a head";
    RawClient body(server_->port());
    body.send("POST /v1/account.show HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{");
    EXPECT_TRUE(body.isClosed()) << "half a body";
    EXPECT_EQ(kodiac_.calls(), 0);
    expectAlive();
}

TEST_F(HostileClientTest, GarbageInsteadOfTlsAndOlderTlsAreRefused) {
    RawClient garbage(server_->port(), RawClient::Over::tcp);
    garbage.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(garbage.isClosed());
    RawClient noise(server_->port(), RawClient::Over::tcp);
    noise.send(std::string(4000, '\xff'));
    EXPECT_TRUE(noise.isClosed());
    EXPECT_FALSE(RawClient(server_->port(), RawClient::Over::tls12).isConnected());
    expectAlive();
}

TEST_F(HostileClientTest, OneAddressMayNotTakeAllConnections) {
    auto settings = testServerSettings();
    settings.limits.connectionsPerAddress = 2;
    startWith(settings);
    {
        RawClient first(server_->port());
        RawClient second(server_->port());
        ASSERT_TRUE(first.isConnected() && second.isConnected());
        EXPECT_FALSE(RawClient(server_->port()).isConnected());
        EXPECT_EQ(first.exchange(rawPost(kSample, "{}"))->status, 200);
    }
    while (!RawClient(server_->port()).isConnected())
        continue; // until the server has noticed that they left
    expectAlive();
}

TEST_F(HostileClientTest, ClientsThatLeaveInTheMiddleLeaveNothingBehind) {
    auto settings = testServerSettings();
    settings.limits.connections = 4;
    startWith(settings);
    for (int i = 0; i < 40; ++i) {
        RawClient client(server_->port());
        client.send(rawPost(kSample, "{}").substr(0, static_cast<std::size_t>(i) * 3));
    }
    while (!RawClient(server_->port()).isConnected())
        continue;
    expectAlive();
}

} // namespace
} // namespace ssprotect::kodiac::http
