#include "pipe_world.h"
#include "raw_pipe.h"

#include <future>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::ipc {
namespace {

/// A client that answers prompts as told, or not at all.
class Answerer : public Listener {
public:
    explicit Answerer(Result<Json> answer) : answer_(std::move(answer)) {}
    void onRequest(const Request& request, Responder responder) override {
        EXPECT_EQ(request.method, "prompt.acknowledge");
        asked = *request.params;
        responder.reply(answer_);
    }
    Json asked;

private:
    Result<Json> answer_;
};

/// "open" asks the client and hands its answer on.
void askOnOpen(PipeWorld& world, Duration timeout = kPatience) {
    world.handler().on("open",
                       [timeout](const std::shared_ptr<Connection>& from, Request request, Responder responder) {
                           auto later = std::make_shared<Responder>(std::move(responder));
                           from->request("prompt.acknowledge", *request.params, timeout,
                                         [later](Result<Json> answer) { later->reply(std::move(answer)); });
                       });
}

TEST(Questions, AreAnsweredByTheWaitingClient) {
    PipeWorld world;
    askOnOpen(world);
    Answerer answerer(Json{{"allow", true}});
    const Json question = {{"operation", "open"}, {"names", {"a.txt"}}};
    const auto result = world.connect().call("open", question, {}, &answerer);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ((*result)["allow"], true);
    EXPECT_EQ(answerer.asked, question);
}

TEST(Questions, TheClientMayAnswerWithAnError) {
    PipeWorld world;
    askOnOpen(world);
    Answerer answerer(makeError(ErrorCode::secondFactorMissing, "No terminal."));
    EXPECT_EQ(world.connect().call("open", Json::object(), {}, &answerer).error().code, ErrorCode::secondFactorMissing);
}

TEST(Questions, AClientWithoutAListenerKnowsNoMethod) {
    PipeWorld world;
    askOnOpen(world);
    EXPECT_EQ(world.connect().call("open", Json::object()).error().code, ErrorCode::usage);
}

TEST(Questions, WithoutAnAnswerInTimeAreCancelled) {
    std::promise<Result<Json>> answer;
    PipeWorld world;
    world.handler().on("ask", [&](const std::shared_ptr<Connection>& from, Request, Responder responder) {
        from->request("prompt.acknowledge", Json::object(), Duration{1},
                      [&](Result<Json> got) { answer.set_value(std::move(got)); });
        responder.reply(Json());
    });
    RawPipe silent(world.endpoint());
    ASSERT_TRUE(silent.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"ask"})"));
    EXPECT_EQ(answer.get_future().get().error().code, ErrorCode::cancelled);
}

TEST(Questions, AnAnswerThatComesTooLateIsIgnored) {
    std::promise<void> over;
    PipeWorld world;
    world.handler().on("ask", [&](const std::shared_ptr<Connection>& from, Request, Responder responder) {
        from->request("prompt.acknowledge", Json::object(), Duration{1},
                      [&](const Result<Json>&) { over.set_value(); });
        responder.reply(Json());
    });
    RawPipe late(world.endpoint());
    ASSERT_TRUE(late.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"ask"})"));
    over.get_future().get();
    ASSERT_TRUE(late.sendFrame(R"({"jsonrpc":"2.0","id":1,"result":{"allow":true}})"));
    ASSERT_TRUE(late.sendFrame(R"({"jsonrpc":"2.0","id":77,"result":{"allow":true}})"));
    ASSERT_TRUE(late.sendFrame(R"({"jsonrpc":"2.0","id":2,"method":"echo"})"));
    while (const auto message = late.receive()) {
        if (message->value("id", Json()) == 2 && message->contains("result"))
            return;
    }
    FAIL() << "the connection should go on";
}

TEST(Questions, EndWhenTheClientGoes) {
    std::promise<Result<Json>> answer;
    std::promise<std::size_t> closedBefore;
    PipeWorld world;
    world.handler().on("ask", [&](const std::shared_ptr<Connection>& from, Request, Responder) {
        from->request("prompt.acknowledge", Json::object(), kPatience, [&](Result<Json> got) {
            closedBefore.set_value(world.handler().closedCount());
            answer.set_value(std::move(got));
        });
    });
    {
        RawPipe client(world.endpoint());
        ASSERT_TRUE(client.sendFrame(R"({"jsonrpc":"2.0","id":1,"method":"ask"})"));
        ASSERT_TRUE(client.receive().has_value());
    }
    EXPECT_EQ(answer.get_future().get().error().code, ErrorCode::cancelled);
    EXPECT_EQ(closedBefore.get_future().get(), 0u) << "the questions end before the connection";
}

TEST(Questions, ToAClosedConnectionAreCancelledAtOnce) {
    std::promise<ErrorCode> code;
    PipeWorld world;
    world.handler().on("go", [&](const std::shared_ptr<Connection>& from, Request, Responder) {
        from->close();
        from->request("prompt.acknowledge", Json::object(), kPatience,
                      [&](const Result<Json>& got) { code.set_value(got.error().code); });
    });
    auto client = world.connect();
    EXPECT_FALSE(client.call("go", Json::object()).ok());
    EXPECT_EQ(code.get_future().get(), ErrorCode::cancelled);
}

TEST(Questions, OfSeveralCallsInterleave) {
    PipeWorld world;
    askOnOpen(world);
    auto client = world.connect();
    Answerer answerer(Json{{"allow", false}});
    std::vector<PipeClient::RequestId> ids;
    for (int i = 0; i < 20; ++i)
        ids.push_back(client.send("open", Json{{"n", i}}).value());
    for (const auto id : ids)
        EXPECT_EQ(client.receive(id, &answerer).value()["allow"], false);
}

} // namespace
} // namespace ssprotect::ipc
