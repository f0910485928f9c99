#include "pipe_world.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

using ::testing::HasSubstr;

WipedBytes secret(std::string_view text) { return {text.begin(), text.end()}; }

TEST(Pipe, ACallGivesTheResult) {
    PipeWorld world;
    auto client = world.connect();
    const Json params = {{"text", "Grüße"}, {"list", {1, 2, nullptr}}};
    const auto result = client.call("echo", params);
    ASSERT_TRUE(result.ok()) << result.error().message;
    EXPECT_EQ(*result, params);
}

TEST(Pipe, AHomeWithAVeryLongPathWorks) {
    support::TempFolder folder;
    auto home = folder.path();
    for (int i = 0; i < 12; ++i)
        home /= std::string(200, 'n');
    const Endpoint endpoint(home);
    EXPECT_EQ(PipeClient::connect(endpoint).error().code, ErrorCode::noTrayProcess);
    PipeWorld world({}, 2, home);
    EXPECT_EQ(world.connect().call("echo", Json::object()).value(), Json::object());
}

TEST(Pipe, AFailureComesAsTheSameError) {
    PipeWorld world;
    world.handler().on("fail", [](const auto&, Request, Responder responder) {
        responder.reply(makeError(ErrorCode::releaseNotPermitted, "You may not release: ask an Administrator."));
    });
    const auto result = world.connect().call("fail", Json::object());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, ErrorCode::releaseNotPermitted);
    EXPECT_EQ(result.error().message, "You may not release: ask an Administrator.");
}

TEST(Pipe, AnUnknownMethodIsUsageAndTheConnectionGoesOn) {
    PipeWorld world;
    auto client = world.connect();
    EXPECT_EQ(client.call("no.such", Json::object()).error().code, ErrorCode::usage);
    EXPECT_TRUE(client.call("echo", Json::object()).ok());
}

TEST(Pipe, RefusedParametersAreInvalidInputAndTheConnectionGoesOn) {
    PipeWorld world;
    world.handler().on("strict", [](const auto&, Request, Responder responder) {
        responder.refuse(Fault::invalidParameters, "'colour' is not known here.");
    });
    auto client = world.connect();
    const auto result = client.call("strict", Json{{"colour", "red"}});
    EXPECT_EQ(result.error().code, ErrorCode::invalidInput);
    EXPECT_THAT(result.error().message, HasSubstr("colour"));
    EXPECT_TRUE(client.call("echo", Json::object()).ok());
}

TEST(Pipe, AttachmentsArriveInOrderAndWhole) {
    PipeWorld world;
    world.handler().on("login", [](const auto&, Request request, Responder responder) {
        const bool right = request.attachments == Attachments{secret("correct horse"), WipedBytes(65'535, Byte{0})};
        responder.reply(Json{{"right", right}});
    });
    const auto result =
        world.connect().call("login", Json::object(), {secret("correct horse"), WipedBytes(65'535, Byte{0})});
    ASSERT_TRUE(result.ok());
    EXPECT_EQ((*result)["right"], true);
}

TEST(Pipe, ATooLongRequestIsNotSentAndTheConnectionGoesOn) {
    PipeWorld world;
    auto client = world.connect();
    const Json large = {{"text", std::string(std::size_t{1} << 20, 'x')}};
    EXPECT_EQ(client.call("echo", large).error().code, ErrorCode::invalidInput);
    EXPECT_TRUE(client.call("echo", Json{{"text", std::string(1'000'000, 'x')}}).ok());
}

TEST(Pipe, ATooLongAnswerBecomesAnError) {
    PipeWorld world;
    world.handler().on("large", [](const auto&, Request, Responder responder) {
        responder.reply(Json(std::string(std::size_t{2} << 20, 'x')));
    });
    auto client = world.connect();
    EXPECT_EQ(client.call("large", Json::object()).error().code, ErrorCode::internal);
    EXPECT_TRUE(client.call("echo", Json::object()).ok());
}

TEST(Pipe, RequestsUnderWayMayBeAnsweredInAnyOrder) {
    std::promise<Responder> waiting;
    PipeWorld world;
    world.handler().on("first",
                       [&](const auto&, Request, Responder responder) { waiting.set_value(std::move(responder)); });
    world.handler().on("second", [&](const auto&, Request, Responder responder) {
        responder.reply(Json("two"));
        waiting.get_future().get().reply(Json("one"));
    });
    auto client = world.connect();
    const auto first = client.send("first", Json::object());
    const auto second = client.send("second", Json::object());
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(client.receive(*first).value(), "one");
    EXPECT_EQ(client.receive(*second).value(), "two");
    EXPECT_EQ(client.receive(*second).error().code, ErrorCode::internal) << "it was fetched already";
}

TEST(Pipe, AnAnswerMayComeFromAnyThread) {
    std::vector<std::thread> threads;
    std::mutex mutex;
    PipeWorld world;
    world.handler().on("later", [&](const auto&, Request request, Responder responder) {
        const std::lock_guard lock(mutex);
        threads.emplace_back([params = std::move(*request.params), answer = std::move(responder)]() mutable {
            answer.reply(std::move(params));
        });
    });
    auto client = world.connect();
    std::vector<PipeClient::RequestId> ids;
    for (int i = 0; i < 32; ++i)
        ids.push_back(client.send("later", Json{{"n", i}}).value());
    for (int i = 0; i < 32; ++i)
        EXPECT_EQ(client.receive(ids[static_cast<std::size_t>(i)]).value()["n"], i);
    world.destroyServer(); // the last call of the handler has returned
    for (auto& thread : threads)
        thread.join();
}

TEST(Pipe, ADroppedResponderAnswersForItself) {
    PipeWorld world;
    world.handler().on("forget", [](const auto&, Request, Responder) {});
    EXPECT_EQ(world.connect().call("forget", Json::object()).error().code, ErrorCode::internal);
}

TEST(Pipe, ASecondAnswerIsNothing) {
    PipeWorld world;
    world.handler().on("twice", [](const auto&, Request, Responder responder) {
        responder.reply(Json(1));
        responder.reply(Json(2));
        responder.refuse(Fault::unknownMethod, "third");
    });
    auto client = world.connect();
    EXPECT_EQ(client.call("twice", Json::object()).value(), 1);
    EXPECT_TRUE(client.call("echo", Json::object()).ok());
}

TEST(Pipe, AnswersAndNotificationsComeInTheOrderTheyWereMade) {
    PipeWorld world;
    world.handler().on("run", [](const std::shared_ptr<Connection>& from, Request, Responder responder) {
        for (int i = 0; i < 100; ++i)
            EXPECT_TRUE(from->notify("item", Json{{"n", i}}));
        responder.reply(Json("done"));
        from->notify("after", Json::object());
    });
    struct Collector : Listener {
        void onNotification(std::string_view method, const Json& params) override {
            EXPECT_EQ(method, "item");
            EXPECT_EQ(params["n"], next++);
        }
        int next = 0;
    } collector;
    EXPECT_EQ(world.connect().call("run", Json::object(), {}, &collector).value(), "done");
    EXPECT_EQ(collector.next, 100);
}

TEST(Pipe, TheServerLearnsThatAClientWent) {
    std::promise<std::shared_ptr<Connection>> known;
    PipeWorld world;
    world.handler().on("open", [&](const auto& from, Request, Responder responder) {
        known.set_value(from);
        responder.reply(Json());
    });
    std::shared_ptr<Connection> connection;
    {
        auto client = world.connect();
        ASSERT_TRUE(client.call("open", Json::object()).ok());
        connection = known.get_future().get();
        EXPECT_FALSE(connection->closed());
    }
    EXPECT_TRUE(world.handler().waitUntilClosed(connection->id()));
    EXPECT_TRUE(connection->closed());
    EXPECT_FALSE(connection->notify("late", Json::object()));
}

TEST(Pipe, AResponderOutlivesItsClientAndItsServer) {
    std::promise<Responder> waiting;
    auto future = waiting.get_future();
    {
        PipeWorld world;
        world.handler().on("slow",
                           [&](const auto&, Request, Responder responder) { waiting.set_value(std::move(responder)); });
        auto client = world.connect();
        ASSERT_TRUE(client.send("slow", Json::object()).ok());
        ASSERT_EQ(future.wait_for(kPatience), std::future_status::ready);
    }
    future.get().reply(Json("nobody listens"));
}

TEST(Pipe, TheServerMayCloseAConnection) {
    std::promise<ConnectionId> id;
    PipeWorld world;
    world.handler().on("go", [&](const std::shared_ptr<Connection>& from, Request, Responder) {
        id.set_value(from->id());
        from->close();
    });
    auto client = world.connect();
    EXPECT_EQ(client.call("go", Json::object()).error().code, ErrorCode::noTrayProcess);
    EXPECT_EQ(client.call("echo", Json::object()).error().code, ErrorCode::noTrayProcess);
    EXPECT_TRUE(world.handler().waitUntilClosed(id.get_future().get()));
}

TEST(Pipe, NobodyListeningIsNoTrayProcess) {
    support::TempFolder folder;
    EXPECT_EQ(PipeClient::connect(Endpoint(folder.path())).error().code, ErrorCode::noTrayProcess);
    EXPECT_EQ(PipeClient::connect(Endpoint(folder / "missing")).error().code, ErrorCode::noTrayProcess);
}

TEST(Pipe, AWaitThatTakesTooLongEnds) {
    std::vector<Responder> kept;
    PipeWorld world;
    world.handler().on("never",
                       [&](const auto&, Request, Responder responder) { kept.push_back(std::move(responder)); });
    auto client = world.connect();
    EXPECT_EQ(client.call("never", Json::object(), {}, nullptr, Duration{1}).error().code, ErrorCode::noTrayProcess);
}

TEST(Pipe, AWakeReachesACallThatWaits) {
    std::promise<Responder> waiting;
    PipeWorld world;
    world.handler().on("long",
                       [&](const auto&, Request, Responder responder) { waiting.set_value(std::move(responder)); });
    world.handler().on("cancel", [&](const auto&, Request, Responder responder) {
        responder.reply(Json());
        waiting.get_future().get().reply(makeError(ErrorCode::cancelled, "Cancelled."));
    });
    auto client = world.connect();
    ASSERT_TRUE(client.enableWake().ok());
    struct Canceller : Listener {
        explicit Canceller(PipeClient& pipe) : client(pipe) {}
        bool onWake() override {
            ++wakes;
            EXPECT_TRUE(client.post("cancel", Json::object()).ok());
            return true;
        }
        PipeClient& client;
        int wakes = 0;
    } canceller(client);
    client.wake(); // before the wait: must not be lost
    EXPECT_EQ(client.call("long", Json::object(), {}, &canceller).error().code, ErrorCode::cancelled);
    EXPECT_EQ(canceller.wakes, 1);
}

TEST(Pipe, AWakeMayEndTheWaitButNotTheConnection) {
    std::vector<Responder> kept;
    PipeWorld world;
    world.handler().on("never",
                       [&](const auto&, Request, Responder responder) { kept.push_back(std::move(responder)); });
    auto client = world.connect();
    ASSERT_TRUE(client.enableWake().ok());
    struct GivesUp : Listener {
        bool onWake() override { return false; }
    } listener;
    client.wake();
    EXPECT_EQ(client.call("never", Json::object(), {}, &listener).error().code, ErrorCode::cancelled);
    EXPECT_TRUE(client.call("echo", Json::object()).ok());
}

} // namespace
} // namespace ssprotect::ipc
