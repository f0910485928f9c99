#include "pipe_world.h"

#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

TEST(Stop, ClosesTheClientsAndTakesTheEndpointAway) {
    PipeWorld world;
    auto client = world.connect();
    ASSERT_TRUE(client.call("echo", Json::object()).ok());
    world.server().stop();
    EXPECT_EQ(client.call("echo", Json::object()).error().code, ErrorCode::noTrayProcess);
    EXPECT_EQ(PipeClient::connect(world.endpoint()).error().code, ErrorCode::noTrayProcess);
}

TEST(Stop, OfAcceptingKeepsTheConnectedOnes) {
    PipeWorld world;
    auto client = world.connect();
    ASSERT_TRUE(client.call("echo", Json::object()).ok());
    world.server().stopAccepting();
    EXPECT_TRUE(client.call("echo", Json::object()).ok());
    EXPECT_EQ(PipeClient::connect(world.endpoint()).error().code, ErrorCode::noTrayProcess);
}

TEST(Stop, WaitsForTheCallThatIsUnderWayAndMakesNoMore) {
    std::promise<void> entered;
    std::promise<void> leave;
    std::atomic<bool> left = false;
    PipeWorld world;
    world.handler().on("slow", [&](const auto&, Request, Responder) {
        entered.set_value();
        leave.get_future().wait();
        left = true;
    });
    auto client = world.connect();
    ASSERT_TRUE(client.send("slow", Json::object()).ok());
    entered.get_future().wait();
    std::thread helper([&] { leave.set_value(); });
    world.server().stop();
    EXPECT_TRUE(left);
    EXPECT_EQ(world.handler().closedCount(), 0u);
    helper.join();
}

TEST(Stop, MayBeCalledFromInsideTheHandler) {
    std::promise<void> stopped;
    PipeWorld world;
    world.handler().on("quit", [&](const auto&, Request, Responder responder) {
        responder.reply(Json());
        world.server().stop(kPatience);
        stopped.set_value();
    });
    auto client = world.connect();
    [[maybe_unused]] const auto result = client.call("quit", Json::object());
    EXPECT_EQ(stopped.get_future().wait_for(kPatience), std::future_status::ready);
}

TEST(Stop, SendsWhatIsQueuedFirstWhenToldTo) {
    std::promise<void> queued;
    PipeWorld world;
    world.handler().on("bye", [&](const std::shared_ptr<Connection>& from, Request, Responder responder) {
        for (int i = 0; i < 20; ++i)
            from->notify("item", Json{{"text", std::string(500'000, 'x')}});
        responder.reply(Json("the last word"));
        queued.set_value();
    });
    auto client = world.connect();
    const auto id = client.send("bye", Json::object());
    queued.get_future().wait();
    auto answer = std::async(std::launch::async, [&] { return client.receive(*id); });
    world.server().stop(kPatience);
    EXPECT_EQ(answer.get().value(), "the last word");
}

TEST(Stop, EndsQuestionsThatAreOpen) {
    std::promise<std::shared_ptr<Connection>> known;
    std::promise<ErrorCode> code;
    PipeWorld world;
    world.handler().on("ask", [&](const std::shared_ptr<Connection>& from, Request, Responder) {
        from->request("prompt", Json::object(), kPatience,
                      [&](const Result<Json>& got) { code.set_value(got.error().code); });
        known.set_value(from);
    });
    auto client = world.connect();
    ASSERT_TRUE(client.send("ask", Json::object()).ok());
    const auto connection = known.get_future().get();
    world.server().stop();
    EXPECT_EQ(code.get_future().get(), ErrorCode::cancelled);
    EXPECT_TRUE(connection->closed());
}

TEST(Stop, ReleasesAProducerThatWaits) {
    ServerLimits limits;
    limits.roomBytes = 1000;
    std::promise<std::shared_ptr<Connection>> known;
    PipeWorld world(limits);
    world.handler().on("subscribe", [&](const auto& from, Request, Responder) { known.set_value(from); });
    auto client = world.connect();
    ASSERT_TRUE(client.send("subscribe", Json::object()).ok());
    const auto connection = known.get_future().get();
    for (int i = 0; i < 50; ++i)
        connection->notify("item", Json{{"text", std::string(100'000, 'x')}});
    auto room = std::async(std::launch::async, [&] { return connection->waitForRoom(kPatience); });
    world.server().stop();
    EXPECT_FALSE(room.get());
}

TEST(Stop, UnderFireEndsCleanly) {
    for (int round = 0; round < 20; ++round) {
        PipeWorld world;
        std::vector<std::thread> threads;
        std::atomic<bool> go = true;
        std::atomic<int> calls = 0;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                while (go) {
                    auto client = PipeClient::connect(world.endpoint());
                    if (client && client->call("echo", Json{{"x", std::string(1000, 'x')}}).ok())
                        ++calls;
                }
            });
        }
        while (calls < 20)
            std::this_thread::yield();
        world.destroyServer();
        go = false;
        for (auto& thread : threads)
            thread.join();
    }
}

} // namespace
} // namespace ssprotect::ipc
