#include "pipe_world.h"
#include "raw_pipe.h"

#include <future>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

int errorNumber(const std::optional<Json>& message) {
    return message && message->contains("error") ? (*message)["error"]["code"].get<int>() : 0;
}

TEST(HostileClient, WhatIsNoMessageIsAnsweredAndTheConnectionClosed) {
    PipeWorld world;
    for (const auto& [body, fault] : std::vector<std::pair<std::string, int>>{
             {"garbage", -32700},
             {"{", -32700},
             {std::string("{}\0\0", 4), -32700},
             {std::string("\0", 1), -32700},
             {"[]", -32600},
             {R"({"jsonrpc":"2.0","id":1,"method":"echo","more":1})", -32600},
             {R"({"jsonrpc":"2.0","method":"echo"})", -32600},
             {R"({"jsonrpc":"2.0","id":1,"result":1,"error":2})", -32600},
         }) {
        RawPipe pipe(world.endpoint());
        ASSERT_TRUE(pipe.sendFrame(body));
        EXPECT_EQ(errorNumber(pipe.receive()), fault) << body;
        EXPECT_TRUE(pipe.waitForClose()) << body;
    }
    EXPECT_TRUE(world.connect().call("echo", Json::object()).ok());
}

TEST(HostileClient, ALengthOverTheLimitIsAnsweredAndTheConnectionClosed) {
    PipeWorld world;
    for (const std::string_view length : {std::string_view("\0\x10\0\1", 4), std::string_view("\0\0\0\0", 4),
                                          std::string_view("\xFF\xFF\xFF\xFF", 4), std::string_view("GET ", 4)}) {
        RawPipe pipe(world.endpoint());
        ASSERT_TRUE(pipe.send(length));
        EXPECT_EQ(errorNumber(pipe.receive()), -32700);
        EXPECT_TRUE(pipe.waitForClose());
    }
}

TEST(HostileClient, WhatFollowsGarbageIsNotRun) {
    bool ran = false;
    PipeWorld world;
    world.handler().on("run", [&](const auto&, Request, Responder responder) {
        ran = true;
        responder.reply(Json());
    });
    RawPipe pipe(world.endpoint());
    ASSERT_TRUE(pipe.send(frameOf("garbage") + frameOf(R"({"jsonrpc":"2.0","id":1,"method":"run"})")));
    EXPECT_TRUE(pipe.waitForClose());
    world.server().stop();
    EXPECT_FALSE(ran);
}

TEST(HostileClient, ParametersByPositionAreRefusedButTheConnectionGoesOn) {
    PipeWorld world;
    RawPipe pipe(world.endpoint());
    ASSERT_TRUE(pipe.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":[1]})"));
    EXPECT_EQ(errorNumber(pipe.receive()), -32602);
    ASSERT_TRUE(pipe.sendFrame(R"({"jsonrpc":"2.0","id":"two","method":"echo"})"));
    EXPECT_EQ((*pipe.receive())["id"], "two");
}

TEST(HostileClient, ATornFrameHoldsNobodyElse) {
    PipeWorld world({}, 1);
    RawPipe torn(world.endpoint());
    ASSERT_TRUE(torn.send(std::string_view("\0\x0F\xFF\xFF{\"json", 10)));
    RawPipe silent(world.endpoint());
    for (int i = 0; i < 10; ++i)
        EXPECT_TRUE(world.connect().call("echo", Json{{"n", i}}).ok());
}

TEST(HostileClient, ATornFrameIsGivenUp) {
    ServerLimits limits;
    limits.frameTime = Duration{1};
    PipeWorld world(limits);
    RawPipe torn(world.endpoint());
    ASSERT_TRUE(torn.send(std::string_view("\0\0", 2)));
    EXPECT_EQ(errorNumber(torn.receive()), -32700);
    EXPECT_TRUE(torn.waitForClose());
}

TEST(HostileClient, ASilentConnectionIsNotGivenUp) {
    ServerLimits limits;
    limits.frameTime = Duration{1};
    PipeWorld world(limits);
    auto silent = world.connect();
    RawPipe torn(world.endpoint());
    ASSERT_TRUE(torn.send(std::string_view("\0\0", 2)));
    EXPECT_TRUE(torn.waitForClose()) << "by now the silent one would be gone too";
    EXPECT_TRUE(silent.call("echo", Json::object()).ok());
}

TEST(HostileClient, WhoDoesNotReadIsClosedWhenTooMuchWaits) {
    ServerLimits limits;
    limits.queuedBytes = 1'000'000;
    std::promise<std::shared_ptr<Connection>> known;
    PipeWorld world(limits);
    world.handler().on("subscribe", [&](const auto& from, Request, Responder) { known.set_value(from); });
    RawPipe deaf(world.endpoint());
    ASSERT_TRUE(deaf.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"subscribe"})"));
    const auto connection = known.get_future().get();
    const Json large = {{"text", std::string(100'000, 'x')}};
    int sent = 0;
    while (connection->notify("item", large) && sent < 1000)
        ++sent;
    EXPECT_LT(sent, 1000);
    EXPECT_TRUE(world.handler().waitUntilClosed(connection->id()));
    EXPECT_TRUE(world.connect().call("echo", Json::object()).ok());
}

TEST(HostileClient, ProgressForWhoDoesNotReadTakesNoMemoryAndTheLatestArrives) {
    ServerLimits limits;
    limits.queuedBytes = 2'000'000;
    std::promise<std::shared_ptr<Connection>> known;
    PipeWorld world(limits);
    world.handler().on("subscribe", [&](const auto& from, Request, Responder) { known.set_value(from); });
    RawPipe slow(world.endpoint());
    ASSERT_TRUE(slow.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"subscribe"})"));
    const auto connection = known.get_future().get();
    const std::string padding(10'000, 'x');
    for (int i = 1; i <= 5000; ++i)
        ASSERT_TRUE(connection->notifyLatest("progress", i % 2 == 0 ? "even" : "odd", Json{{"n", i}, {"x", padding}}));
    connection->notify("end", Json::object());
    std::map<bool, int> last;
    int count = 0;
    while (const auto message = slow.receive()) {
        if (!message->contains("method"))
            continue; // the dropped "subscribe"
        if ((*message)["method"] == "end")
            break;
        const int n = (*message)["params"]["n"];
        EXPECT_GT(n, last[n % 2 == 0]);
        last[n % 2 == 0] = n;
        ++count;
    }
    EXPECT_EQ(last[true], 5000);
    EXPECT_EQ(last[false], 4999);
    EXPECT_LT(count, 5000);
}

TEST(HostileClient, AProducerCanWaitUntilThereIsRoom) {
    ServerLimits limits;
    limits.roomBytes = 100'000;
    std::promise<std::shared_ptr<Connection>> known;
    PipeWorld world(limits);
    world.handler().on("subscribe", [&](const auto& from, Request, Responder) { known.set_value(from); });
    RawPipe slow(world.endpoint());
    ASSERT_TRUE(slow.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"subscribe"})"));
    const auto connection = known.get_future().get();
    EXPECT_TRUE(connection->waitForRoom(kPatience));
    const Json item = {{"text", std::string(100'000, 'x')}};
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(connection->notify("item", item));
    EXPECT_FALSE(connection->waitForRoom(Duration{1}));
    auto room = std::async(std::launch::async, [&] { return connection->waitForRoom(kPatience); });
    for (int i = 0; i < 51; ++i)
        ASSERT_TRUE(slow.receive().has_value());
    EXPECT_TRUE(room.get());
}

TEST(HostileClient, AProducerThatWaitsLearnsThatTheClientWent) {
    ServerLimits limits;
    limits.roomBytes = 1000;
    std::promise<std::shared_ptr<Connection>> known;
    PipeWorld world(limits);
    world.handler().on("subscribe", [&](const auto& from, Request, Responder) { known.set_value(from); });
    std::future<bool> room;
    {
        RawPipe slow(world.endpoint());
        ASSERT_TRUE(slow.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"subscribe"})"));
        const auto connection = known.get_future().get();
        for (int i = 0; i < 50; ++i)
            ASSERT_TRUE(connection->notify("item", Json{{"text", std::string(100'000, 'x')}}));
        room = std::async(std::launch::async, [connection] { return connection->waitForRoom(kPatience); });
    }
    EXPECT_FALSE(room.get());
}

TEST(HostileClient, RequestsBeyondTheLimitAreRefusedUntilOthersAreAnswered) {
    ServerLimits limits;
    limits.openRequests = 2;
    std::mutex mutex;
    std::vector<Responder> kept;
    PipeWorld world(limits);
    world.handler().on("keep", [&](const auto&, Request, Responder responder) {
        const std::lock_guard lock(mutex);
        kept.push_back(std::move(responder));
    });
    auto client = world.connect();
    const auto first = client.send("keep", Json::object());
    const auto second = client.send("keep", Json::object());
    EXPECT_EQ(client.call("echo", Json::object()).error().code, ErrorCode::refused);
    {
        const std::lock_guard lock(mutex);
        ASSERT_EQ(kept.size(), 2u);
        kept.front().reply(Json("one"));
    }
    EXPECT_EQ(client.receive(*first).value(), "one");
    EXPECT_TRUE(client.call("echo", Json::object()).ok());
    const std::lock_guard lock(mutex);
    kept.clear();
}

TEST(HostileClient, OneThatFloodsAndNeverReadsIsClosed) {
    ServerLimits limits;
    limits.queuedBytes = 200'000;
    PipeWorld world(limits);
    RawPipe flood(world.endpoint());
    const auto request =
        frameOf(R"({"jsonrpc":"2.0","id":1,"method":"echo","params":{"x":")" + std::string(10'000, 'x') + "\"}}");
    int sent = 0;
    while (flood.send(request) && sent < 10'000)
        ++sent;
    EXPECT_LT(sent, 10'000);
    EXPECT_TRUE(world.connect().call("echo", Json::object()).ok());
}

TEST(HostileClient, ConnectionsBeyondTheLimitAreTurnedAway) {
    ServerLimits limits;
    limits.connections = 3;
    PipeWorld world(limits);
    std::vector<PipeClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(world.connect());
        ASSERT_TRUE(clients.back().call("echo", Json::object()).ok());
    }
    auto fourth = world.connect();
    EXPECT_EQ(fourth.call("echo", Json::object()).error().code, ErrorCode::refused);
    EXPECT_TRUE(clients.front().call("echo", Json::object()).ok());
}

} // namespace
} // namespace ssprotect::ipc
