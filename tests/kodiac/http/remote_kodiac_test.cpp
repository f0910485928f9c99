#include "https_pair.h"
#include "remote_calls.h"
#include "scripted_kodiac.h"
#include "scripted_server.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/lock_operations.h"
#include "ssprotect/kodiac/operations.h"

#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::kodiac::http {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::chrono_literals;

/// A port at which nobody listens.
std::uint16_t deadPort() {
    ScriptedServer server([](int) { return std::string(); });
    return server.port();
}

TEST(RemoteKodiacTest, CarriesTheWholeCallAndTheWholeReply) {
    Call seen;
    ScriptedKodiac kodiac([&](const Call& call) {
        seen.operation = call.operation;
        seen.body = call.body;
        for (const auto& secret : call.secrets)
            seen.secrets.push_back(secret.clone());
        seen.account = call.account;
        seen.host = call.host;
        seen.session = call.session;
        seen.token = call.token.clone();
        seen.counter = call.counter;
        seen.code = call.code;
        Reply reply{"{\"a\":\n1}", {}};
        reply.secrets.push_back(crypto::SecretBytes::copyOf(Bytes(32, 9)));
        reply.secrets.emplace_back();
        return Result<Reply>(std::move(reply));
    });
    const auto server = startServer(kodiac);
    const auto client = makeClient(clientSettingsFor({server->port()}));
    crypto::SystemRandom random;
    Call call = counted();
    call.body = "{ \"exact\" :\n \"bytes\\u00fc\"}\n";
    call.secrets.push_back(crypto::SecretBytes::copyOf(Bytes(64, 3)));
    call.account = AccountId::random(random);
    call.host = HostId::random(random);
    call.session = SessionId::random(random);
    call.token = crypto::SecretBytes::copyOf(Bytes(32, 5));
    const auto reply = client->perform(call);
    ASSERT_TRUE(reply.ok()) << reply.error().message;
    EXPECT_EQ(requestHash(seen), requestHash(call));
    EXPECT_TRUE(crypto::equalSecrets(seen.token, call.token));
    EXPECT_EQ(seen.code, call.code);
    EXPECT_EQ(reply->body, "{\"a\":\n1}");
    ASSERT_THAT(reply->secrets, SizeIs(2));
    EXPECT_TRUE(crypto::equalSecrets(reply->secrets[0], Bytes(32, 9)));
    EXPECT_TRUE(reply->secrets[1].empty());
}

TEST(RemoteKodiacTest, ALoginsTwoStepsAreBoundToOneConnectionWhichTheServerSees) {
    std::vector<crypto::Sha256Digest> bindings;
    ScriptedKodiac kodiac([&](const Call& call) {
        bindings.push_back(call.channelBinding);
        return Result<Reply>(Reply{"{}", {}});
    });
    const auto server = startServer(kodiac);
    const auto client = makeClient(clientSettingsFor({server->port()}));
    Call start = reading();
    start.operation = StartLogin::kName;
    ASSERT_TRUE(client->perform(start).ok());
    const auto binding = client->channelBinding();
    EXPECT_NE(binding, crypto::Sha256Digest{});
    ASSERT_TRUE(client->perform(reading()).ok()); // on a connection of its own
    Call finish = reading();
    finish.operation = FinishLogin::kName;
    finish.channelBinding = binding;
    ASSERT_TRUE(client->perform(finish).ok());
    ASSERT_THAT(bindings, SizeIs(3));
    EXPECT_EQ(bindings[0], binding);
    EXPECT_NE(bindings[1], binding);
    EXPECT_EQ(bindings[2], binding);
}

TEST(RemoteKodiacTest, ALoginIsFinishedOnNoOtherConnection) {
    ScriptedKodiac kodiac;
    auto server = startServer(kodiac);
    const auto client = makeClient(impatient({server->port()}));
    Call start = reading();
    start.operation = StartLogin::kName;
    ASSERT_TRUE(client->perform(start).ok());
    Call finish = counted();
    finish.operation = FinishLogin::kName;
    finish.channelBinding = client->channelBinding();
    auto settings = testServerSettings();
    settings.port = server->port();
    server.reset();
    server = startServer(kodiac, settings);
    EXPECT_EQ(codeOf(client->perform(finish)), ErrorCode::kodiacUnreachable);
    EXPECT_EQ(kodiac.calls(), 1);
    EXPECT_TRUE(client->perform(start).ok());
    finish.channelBinding = client->channelBinding();
    EXPECT_TRUE(client->perform(finish).ok());
}

TEST(RemoteKodiacTest, OneServerOfTwoIsEnough) {
    ScriptedServer server([](int) { return goodReply(); });
    const auto client = makeClient(impatient({deadPort(), server.port()}));
    EXPECT_TRUE(client->perform(changing()).ok());
    EXPECT_TRUE(client->perform(changing()).ok());
    EXPECT_THAT(server.requests(), SizeIs(2));
}

TEST(RemoteKodiacTest, StaysWithTheServerThatAnsweredLast) {
    ScriptedServer first([](int n) { return n == 0 ? std::string() : goodReply(); });
    ScriptedServer second([](int) { return goodReply(); });
    const auto client = makeClient(impatient({first.port(), second.port()}));
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(client->perform(counted()).ok());
    EXPECT_THAT(first.requests(), SizeIs(1));
    EXPECT_THAT(second.requests(), SizeIs(3));
}

TEST(RemoteKodiacTest, ACountedCallWhoseReplyWasLostIsSentAgainInTheSameBytes) {
    ScriptedServer server([](int n) { return n == 0 ? std::string() : goodReply(); });
    const auto client = makeClient(impatient({server.port()}));
    EXPECT_TRUE(client->perform(counted()).ok());
    ASSERT_THAT(server.requests(), SizeIs(2));
    EXPECT_EQ(server.requests()[0], server.requests()[1]);
}

TEST(RemoteKodiacTest, ACallThatOnlyReadsIsSentAgainToo) {
    ScriptedServer server([](int n) { return n == 0 ? std::string() : goodReply(); });
    EXPECT_TRUE(makeClient(impatient({server.port()}))->perform(reading()).ok());
}

TEST(RemoteKodiacTest, ACallThatMayHaveBeenDoneIsNotSentAgainWithoutACounter) {
    ScriptedServer server([](int) { return std::string(); });
    const auto reply = makeClient(impatient({server.port(), server.port()}))->perform(changing());
    EXPECT_EQ(codeOf(reply), ErrorCode::kodiacUnreachable);
    EXPECT_THAT(reply.error().message, HasSubstr("may have done"));
    EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST(RemoteKodiacTest, AKeptConnectionThatTheServerClosedIsReplacedUnnoticed) {
    ScriptedKodiac kodiac;
    auto server = startServer(kodiac);
    const auto client = makeClient(impatient({server->port()}));
    ASSERT_TRUE(client->perform(changing()).ok());
    auto settings = testServerSettings();
    settings.port = server->port();
    server.reset();
    server = startServer(kodiac, settings);
    EXPECT_TRUE(client->perform(changing()).ok());
    EXPECT_EQ(kodiac.calls(), 2);
}

TEST(RemoteKodiacTest, AServerThatNeverAnswersIsOutOfReach) {
    Gate gate;
    ScriptedKodiac kodiac([&](const Call&) {
        gate.pass();
        return Result<Reply>(Reply{"{}", {}});
    });
    const auto server = startServer(kodiac);
    auto settings = impatient({server->port()});
    settings.times.request = 100ms;
    const auto client = makeClient(settings);
    for (const Call& call : {counted(), changing()})
        EXPECT_EQ(codeOf(client->perform(call)), ErrorCode::kodiacUnreachable);
    gate.open();
}

TEST(RemoteKodiacTest, AServerThatHangsIsGivenUpForTheNextWithinTheTimeOfOneRequest) {
    Gate gate;
    ScriptedKodiac hanging([&](const Call& call) {
        if (call.body != "{}")
            gate.pass();
        return Result<Reply>(Reply{"{}", {}});
    });
    ScriptedKodiac good;
    const auto first = startServer(hanging);
    const auto second = startServer(good);
    auto settings = impatient({first->port(), second->port()});
    settings.times.request = 2s;
    for (const bool kept : {false, true}) {
        const auto client = makeClient(settings);
        if (kept) {
            ASSERT_TRUE(client->perform(counted()).ok());
        }
        Call call = counted();
        call.body = "{\"hang\":1}";
        const auto reply = client->perform(call);
        EXPECT_TRUE(reply.ok()) << reply.error().message;
    }
    EXPECT_EQ(good.calls(), 2);
    gate.open();
}

TEST(RemoteKodiacTest, AServerThatWaitsForNewsIsNotGivenUp) {
    Gate never;
    ScriptedKodiac waiting([&](const Call&) {
        never.passWithin(500ms);
        return Result<Reply>(Reply{R"({"rows":[{}]})", {}});
    });
    ScriptedKodiac other;
    const auto first = startServer(waiting);
    const auto second = startServer(other);
    auto settings = impatient({first->port(), second->port()});
    settings.times.request = 500ms; // of which one of two servers has half, but for what it may wait
    Call call = reading();
    call.operation = ListEvents::kName;
    call.body = R"({"after":1,"waitSeconds":20})";
    EXPECT_TRUE(makeClient(settings)->perform(call).ok());
    EXPECT_EQ(other.calls(), 0);
}

TEST(RemoteKodiacTest, NobodyAtAllIsOutOfReach) {
    const auto reply = makeClient(impatient({deadPort(), deadPort()}))->perform(counted());
    EXPECT_EQ(codeOf(reply), ErrorCode::kodiacUnreachable);
    EXPECT_THAT(reply.error().message, HasSubstr("out of reach"));
    auto unknown = impatient({});
    unknown.servers = {"https://nobody.invalid"};
    EXPECT_EQ(codeOf(makeClient(unknown)->perform(counted())), ErrorCode::kodiacUnreachable);
}

TEST(RemoteKodiacTest, AnswersThatAreNoneAreRefused) {
    const std::string ndjson = "application/x-ndjson";
    for (const std::string& answer :
         {std::string("nothing of the kind\r\n\r\n"), std::string("HTTP/1.1 200 OK\r\n\r\n{}"),
          std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
          "HTTP/1.1 200 OK\r\nX: " + std::string(40'000, 'a') + "\r\n\r\n",
          std::string("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"),
          std::string("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), rawReply("{}", "", "200 OK", "text/html"),
          rawReply("{}", "", "200 OK", ndjson), rawReply("{}\n[\"!\"]", "", "200 OK", ndjson),
          rawReply("{}\n[\"AA==\"", "", "200 OK", ndjson), rawReply("oops", "", "500 Oh"), rawReply("{}", "", "403 No"),
          rawReply(R"({"error":{"code":1,"message":"a"}})", "", "403 No"),
          rawReply(R"({"error":{"code":"refused","message":"a","more":1}})", "", "403 No"),
          rawReply(R"({"error":{"code":"refused","message":")" + std::string(5000, 'a') + "\"}}", "", "403 No"),
          rawReply(R"({"error":{"code":"refused","message":"a"}})", "", "403 No", "text/plain")}) {
        ScriptedServer server([&](int) { return answer; });
        EXPECT_EQ(codeOf(makeClient(impatient({server.port()}))->perform(changing())), ErrorCode::peerRefused)
            << answer.substr(0, 100);
    }
}

TEST(RemoteKodiacTest, AnAnswerCutShortIsNoAnswer) {
    ScriptedServer server([](int n) { return n % 2 == 0 ? "HTTP/1.1 200 OK\r\nContent-Le" : std::string(); });
    EXPECT_EQ(codeOf(makeClient(impatient({server.port()}))->perform(changing())), ErrorCode::kodiacUnreachable);
}

TEST(RemoteKodiacTest, AnErrorOfKodiacComesAsItWasSaid) {
    for (const auto code :
         {ErrorCode::refused, ErrorCode::secondFactorRefused, ErrorCode::lockLost, ErrorCode::notFound,
          ErrorCode::integrity, ErrorCode::invalidInput, ErrorCode::alreadyExists}) {
        ScriptedKodiac kodiac([&](const Call&) -> Result<Reply> { return makeError(code, "why \"and\" \xc3\xbc"); });
        const auto server = startServer(kodiac);
        const auto reply = makeClient(clientSettingsFor({server->port()}))->perform(counted());
        EXPECT_EQ(codeOf(reply), code);
        EXPECT_EQ(reply.error().message, "why \"and\" \xc3\xbc");
    }
}

TEST(RemoteKodiacTest, ABusyServerIsAskedAgainAndThenReportedBusy) {
    const std::string busy = rawReply(R"({"error":{"code":"server-busy","message":"later"}})", "Retry-After: 1\r\n",
                                      "429 Too Many Requests");
    ScriptedServer soon([&](int n) { return n == 0 ? busy : goodReply(); });
    EXPECT_TRUE(makeClient(impatient({soon.port()}))->perform(changing()).ok());
    ScriptedServer never([&](int) { return busy; });
    EXPECT_EQ(codeOf(makeClient(impatient({never.port()}))->perform(changing())), ErrorCode::serverBusy);
}

TEST(RemoteKodiacTest, ManyThreadsMayCallAtOnce) {
    ScriptedKodiac kodiac([](const Call& call) { return Result<Reply>(Reply{call.body, {}}); });
    const auto server = startServer(kodiac);
    const auto client = makeClient(clientSettingsFor({server->port()}));
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < 10; ++n) {
                Call call = reading();
                call.body = "{\"n\":" + std::to_string(i * 100 + n) + "}";
                const auto reply = client->perform(call);
                EXPECT_TRUE(reply.ok() && reply->body == call.body);
            }
        });
    threads.clear();
    EXPECT_EQ(kodiac.calls(), 60);
}

TEST(RemoteKodiacTest, ACancelledClientLetsGoOfWhoWaits) {
    Gate gate;
    ScriptedKodiac kodiac([&](const Call&) {
        gate.pass();
        return Result<Reply>(Reply{"{}", {}});
    });
    const auto server = startServer(kodiac);
    const auto client = makeClient(clientSettingsFor({server->port()}));
    auto waiting = std::async(std::launch::async, [&] { return client->perform(counted()); });
    kodiac.waitForCalls(1);
    client->cancel();
    EXPECT_EQ(codeOf(waiting.get()), ErrorCode::cancelled);
    EXPECT_EQ(codeOf(client->perform(counted())), ErrorCode::cancelled);
    gate.open();
}

} // namespace
} // namespace ssprotect::kodiac::http
