#include "pipe_world.h"

#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

TEST(ManyClients, AreServedAtOnceAndEachGetsItsOwnAnswers) {
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    PipeWorld world;
    world.handler().on("busy", [](const std::shared_ptr<Connection>& from, Request request, Responder responder) {
        from->notifyLatest("progress", "job", *request.params);
        from->notify("item", *request.params);
        responder.reply(std::move(*request.params));
    });
    constexpr int kClients = 24;
    constexpr int kCalls = 50;
    struct Own : Listener {
        void onNotification(std::string_view, const Json& params) override { foreign += params["client"] != client; }
        int client = 0;
        int foreign = 0;
    };
    for (int c = 0; c < kClients; ++c) {
        threads.emplace_back([&, c] {
            auto client = world.connect();
            Own listener;
            listener.client = c;
            for (int i = 0; i < kCalls; ++i) {
                const Json params = {
                    {"client", c}, {"call", i}, {"text", std::string(static_cast<std::size_t>(i) * 100, 'x')}};
                const auto result = client.call("busy", params, {}, &listener);
                right += result.ok() && *result == params && listener.foreign == 0;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(right, kClients * kCalls);
}

TEST(ManyClients, OneConnectionMayBeWrittenFromManyThreads) {
    std::vector<std::thread> threads;
    PipeWorld world;
    constexpr int kThreads = 4;
    constexpr int kEach = 200;
    world.handler().on("run", [&](const std::shared_ptr<Connection>& from, Request, Responder responder) {
        auto left = std::make_shared<std::atomic<int>>(kThreads);
        auto done = std::make_shared<Responder>(std::move(responder));
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([from, left, done, t] {
                for (int i = 0; i < kEach; ++i) {
                    from->notify("item", Json{{"thread", t}, {"n", i}});
                    from->notifyLatest("progress", std::to_string(t), Json{{"n", i}});
                }
                if (--*left == 0)
                    done->reply(Json("done"));
            });
        }
    });
    struct Ordered : Listener {
        void onNotification(std::string_view method, const Json& params) override {
            if (method == "item")
                wrong += params["n"] != next[params["thread"].get<std::size_t>()]++;
        }
        std::array<int, kThreads> next{};
        int wrong = 0;
    } listener;
    EXPECT_EQ(world.connect().call("run", Json::object(), {}, &listener).value(), "done");
    EXPECT_EQ(listener.wrong, 0);
    for (const int count : listener.next)
        EXPECT_EQ(count, kEach);
    world.destroyServer(); // the last call of the handler has returned
    for (auto& thread : threads)
        thread.join();
}

TEST(ManyClients, ComingAndGoingLeaveNothingBehind) {
    std::vector<ConnectionId> ids;
    std::mutex mutex;
    PipeWorld world;
    world.handler().on("hello", [&](const std::shared_ptr<Connection>& from, Request, Responder responder) {
        {
            const std::lock_guard lock(mutex);
            ids.push_back(from->id());
        }
        responder.reply(Json());
    });
    for (int i = 0; i < 300; ++i) // more than may be connected at once
        ASSERT_TRUE(world.connect().call("hello", Json::object()).ok()) << i;
    for (const auto id : ids)
        EXPECT_TRUE(world.handler().waitUntilClosed(id));
    EXPECT_EQ(world.handler().closedCount(), 300u);
}

} // namespace
} // namespace ssprotect::ipc
