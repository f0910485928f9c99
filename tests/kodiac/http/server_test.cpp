#include "https_pair.h"
#include "raw_client.h"
#include "scripted_kodiac.h"
#include "ssprotect/crypto/system_random.h"
#include "support/manual_clock.h"

#include <future>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

namespace ssprotect::kodiac::http {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

constexpr std::string_view kSample = "account.show";

TEST(HttpsServer, EveryAnswerForbidsToKeepItOrToRunAnything) {
    ScriptedKodiac kodiac;
    const auto server = startServer(kodiac);
    RawClient client(server->port());
    for (const std::string& request :
         {rawPost(kSample, "{}"), std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
          std::string("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"), rawPost(kSample, "{}", "SSProtect-Host: no\r\n")}) {
        const auto answer = client.exchange(request);
        ASSERT_TRUE(answer) << request;
        EXPECT_EQ(answer->fields.at("cache-control"), "no-store");
        EXPECT_EQ(answer->fields.at("x-content-type-options"), "nosniff");
        EXPECT_EQ(answer->fields.at("x-frame-options"), "DENY");
        EXPECT_THAT(answer->fields.at("content-security-policy"), HasSubstr("default-src 'none'"));
        EXPECT_TRUE(answer->fields.contains("strict-transport-security"));
        EXPECT_FALSE(answer->fields.contains("server"));
    }
}

TEST(HttpsServer, ShowsItsInterfaceToPeopleAndPrograms) {
    ScriptedKodiac kodiac;
    const auto server = startServer(kodiac);
    RawClient client(server->port());
    const auto page = client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(page);
    EXPECT_EQ(page->status, 200);
    EXPECT_THAT(page->body, AllOf(HasSubstr("file.open"), Not(HasSubstr("<script"))));
    const auto document = client.exchange("GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(document);
    EXPECT_EQ(nlohmann::json::parse(document->body)["openapi"], "3.1.0");
    EXPECT_EQ(kodiac.calls(), 0);
}

TEST(HttpsServer, SaysWhetherItsDatabaseAnswers) {
    ScriptedKodiac kodiac;
    const SystemClock clock;
    const auto log = makeNullLog();
    std::atomic<bool> well = true;
    const auto healthy = [&]() -> Status { return well ? Status() : makeError(ErrorCode::ioError, "secret detail"); };
    auto server = Server::start(testServerSettings(), testCertificate(), {kodiac, clock, *log, healthy, {}});
    ASSERT_TRUE(server.ok());
    RawClient client((*server)->port());
    EXPECT_EQ(client.exchange("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")->status, 200);
    well = false;
    const auto ill = client.exchange("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(ill->status, 503);
    EXPECT_THAT(ill->body, Not(HasSubstr("secret detail")));
}

TEST(HttpsServer, TellsNothingOfItsInside) {
    ScriptedKodiac kodiac([](const Call&) -> Result<Reply> {
        return makeError(ErrorCode::internal, "column password of table accounts");
    });
    const auto server = startServer(kodiac);
    const auto answer = RawClient(server->port()).exchange(rawPost(kSample, "{}"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500);
    EXPECT_THAT(answer->body, AllOf(HasSubstr("\"internal\""), Not(HasSubstr("column"))));
}

TEST(HttpsServer, AccountsThatAskTooOftenAreToldToComeLater) {
    ScriptedKodiac kodiac;
    test::ManualClock clock;
    const auto log = makeNullLog();
    auto settings = testServerSettings();
    settings.limits.requestsPerAccount = 1;
    settings.limits.burstPerAccount = 2;
    auto server = Server::start(settings, testCertificate(), {kodiac, clock, *log, {}, {}});
    ASSERT_TRUE(server.ok());
    RawClient client((*server)->port());
    const auto request = rawPost(kSample, "{}", "SSProtect-Account: " + std::string(32, 'a') + "\r\n");
    EXPECT_EQ(client.exchange(request)->status, 200);
    EXPECT_EQ(client.exchange(request)->status, 200);
    const auto refused = client.exchange(request);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 429);
    EXPECT_TRUE(refused->fields.contains("retry-after"));
    EXPECT_THAT(refused->body, HasSubstr("server-busy"));
    EXPECT_EQ(kodiac.calls(), 2);
    const auto other = rawPost(kSample, "{}", "SSProtect-Account: " + std::string(32, 'b') + "\r\n");
    EXPECT_EQ(client.exchange(other)->status, 200);
    clock.advance(1s);
    EXPECT_EQ(client.exchange(request)->status, 200);
}

TEST(HttpsServer, AnAddressThatAsksTooOftenIsToldToComeLaterWhateverAccountsItNames) {
    ScriptedKodiac kodiac;
    test::ManualClock clock;
    const auto log = makeNullLog();
    auto settings = testServerSettings();
    settings.limits.requestsPerAddress = 1;
    settings.limits.burstPerAddress = 2;
    auto server = Server::start(settings, testCertificate(), {kodiac, clock, *log, {}, {}});
    ASSERT_TRUE(server.ok());
    RawClient client((*server)->port());
    for (const char account : {'a', 'b'})
        EXPECT_EQ(
            client.exchange(rawPost(kSample, "{}", "SSProtect-Account: " + std::string(32, account) + "\r\n"))->status,
            200);
    EXPECT_EQ(client.exchange(rawPost(kSample, "{}"))->status, 429);
}

TEST(HttpsServer, MoreCallsThanMayWaitAreTurnedAwayUnseen) {
    Gate gate;
    ScriptedKodiac kodiac([&](const Call&) {
        gate.pass();
        return Result<Reply>(Reply{"{}", {}});
    });
    auto settings = testServerSettings();
    settings.workers = 1;
    settings.limits.waitingCalls = 1;
    const auto server = startServer(kodiac, settings);
    RawClient running(server->port());
    running.send(rawPost(kSample, "{}"));
    kodiac.waitForCalls(1);
    // One more waits for the worker; of the next two at least one finds the line full.
    RawClient first(server->port());
    RawClient second(server->port());
    first.send(rawPost(kSample, "{}"));
    second.send(rawPost(kSample, "{}"));
    auto answered = std::async(std::launch::async, [&] { return first.receive(); });
    auto alsoAnswered = std::async(std::launch::async, [&] { return second.receive(); });
    while (answered.wait_for(1ms) != std::future_status::ready &&
           alsoAnswered.wait_for(1ms) != std::future_status::ready)
        continue;
    gate.open();
    const int statuses = answered.get()->status + alsoAnswered.get()->status;
    EXPECT_EQ(statuses, 200 + 503);
    EXPECT_EQ(running.receive()->status, 200);
    EXPECT_EQ(kodiac.calls(), 2);
}

TEST(HttpsServer, FinishesWhatRunsBeforeItStops) {
    Gate gate;
    ScriptedKodiac kodiac([&](const Call&) {
        gate.pass();
        return Result<Reply>(Reply{R"({"done":true})", {}});
    });
    const auto server = startServer(kodiac);
    RawClient idle(server->port());
    ASSERT_TRUE(idle.isConnected());
    RawClient client(server->port());
    client.send(rawPost(kSample, "{}"));
    kodiac.waitForCalls(1);
    auto stopped = std::async(std::launch::async, [&] { server->stop(); });
    EXPECT_TRUE(idle.isClosed());
    gate.open();
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, R"({"done":true})");
    EXPECT_EQ(answer->fields.at("connection"), "close");
    stopped.get();
    EXPECT_FALSE(RawClient(server->port()).isConnected());
}

TEST(HttpsServer, StopsAlthoughAClientNeverEnds) {
    ScriptedKodiac kodiac;
    auto settings = testServerSettings();
    settings.limits.stopTime = 50ms;
    const auto server = startServer(kodiac, settings);
    RawClient client(server->port());
    client.send("POST /v1/account.show HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{");
    server->stop();
    EXPECT_TRUE(client.isClosed());
}

TEST(HttpsServer, ShowsNewConnectionsTheCertificateItWasGivenLast) {
    ScriptedKodiac kodiac;
    const auto server = startServer(kodiac);
    crypto::SystemRandom random;
    const SystemClock clock;
    const auto next = crypto::makeCertificateAuthority("next", clock.now(), random);
    const auto certificate =
        crypto::makeServerCertificate(*next, std::vector<std::string>{"127.0.0.1"}, clock.now(), random);
    RawClient before(server->port());
    ASSERT_TRUE(server->reload(*certificate).ok());
    EXPECT_FALSE(server->reload({certificate->certificate, next->key.clone()}).ok());
    EXPECT_EQ(before.exchange(rawPost(kSample, "{}"))->status, 200) << "a connection that stands goes on";
    EXPECT_FALSE(RawClient(server->port()).isConnected()) << "it trusts the first authority only";
    auto settings = clientSettingsFor({server->port()});
    settings.authorities.push_back(next->certificate);
    Call call;
    call.operation = kSample;
    call.body = "{}";
    EXPECT_TRUE(makeClient(settings)->perform(call).ok());
}

TEST(HttpsServer, LogsOneLineForARequestAndNobodysSecrets) {
    std::ostringstream lines;
    ScriptedKodiac kodiac([](const Call&) -> Result<Reply> { return makeError(ErrorCode::refused, "not you"); });
    const SystemClock clock;
    {
        Log log("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines));
        auto server = Server::start(testServerSettings(), testCertificate(), {kodiac, clock, log, {}, {}});
        ASSERT_TRUE(server.ok());
        RawClient client((*server)->port());
        client.exchange(rawPost(kSample, R"({"email":"ada@example.org"})",
                                "Authorization: Bearer c2VjcmV0IHRva2Vu\r\nSSProtect-Code: 12345678\r\n"));
        client.exchange(rawPost("nothing.such", "{}"));
    }
    EXPECT_THAT(lines.str(), HasSubstr("operation=account.show result=refused status=403"));
    EXPECT_THAT(lines.str(), HasSubstr("operation=unknown"));
    for (const char* secret : {"c2VjcmV0", "12345678", "ada@", "nothing.such", "127.0.0.1"})
        EXPECT_THAT(lines.str(), Not(HasSubstr(secret)));
}

TEST(HttpsServer, AnAddressThatCannotBeListenedAtIsSaid) {
    ScriptedKodiac kodiac;
    const auto server = startServer(kodiac);
    const SystemClock clock;
    const auto log = makeNullLog();
    auto settings = testServerSettings();
    settings.port = server->port();
    const auto again = Server::start(settings, testCertificate(), {kodiac, clock, *log, {}, {}});
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, ErrorCode::ioError);
    settings.address = "no address";
    const auto nowhere = Server::start(settings, testCertificate(), {kodiac, clock, *log, {}, {}});
    ASSERT_FALSE(nowhere.ok());
    EXPECT_EQ(nowhere.error().code, ErrorCode::invalidInput);
}

} // namespace
} // namespace ssprotect::kodiac::http
