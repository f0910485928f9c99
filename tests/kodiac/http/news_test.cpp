#include "https_pair.h"
#include "scripted_kodiac.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

namespace ssprotect::kodiac::http {
namespace {

/// A KODiAC with news that a test makes.
class NewsTest : public testing::Test {
protected:
    Result<std::int64_t> newest() {
        asked_.open();
        return newest_.load();
    }
    static Call looking(std::int64_t after, int waitSeconds) {
        Call call;
        call.operation = "events.list";
        call.body = "{\"after\":" + std::to_string(after) + ",\"waitSeconds\":" + std::to_string(waitSeconds) + "}";
        return call;
    }
    std::future<Result<Reply>> look(std::int64_t after, int waitSeconds) {
        return std::async(std::launch::async, [=, this] { return client_->perform(looking(after, waitSeconds)); });
    }

    Gate asked_;
    std::atomic<std::int64_t> newest_ = 5;
    std::atomic<bool> news_ = false;
    ScriptedKodiac kodiac_{[this](const Call&) {
        return Result<Reply>(Reply{news_ ? R"({"rows":[{"sequence":6}]})" : R"({"rows":[]})", {}});
    }};
    std::unique_ptr<Server> server_ = startServer(kodiac_, testServerSettings(), [this] { return newest(); });
    std::unique_ptr<RemoteKodiac> client_ = makeClient(clientSettingsFor({server_->port()}));
};

TEST_F(NewsTest, WhoWaitsIsAnsweredWhenThereIsSomething) {
    auto first = look(5, 25);
    auto second = look(5, 25);
    asked_.pass();
    news_ = true;
    newest_ = 6;
    for (auto* waiting : {&first, &second}) {
        const auto reply = waiting->get();
        ASSERT_TRUE(reply.ok());
        EXPECT_EQ(reply->body, R"({"rows":[{"sequence":6}]})");
    }
}

TEST_F(NewsTest, NewsOfSomebodyElseIsNoAnswer) {
    auto waiting = look(5, 25);
    asked_.pass();
    const int before = kodiac_.calls();
    newest_ = 6;
    kodiac_.waitForCalls(before + 1); // looked again, and found nothing
    news_ = true;
    newest_ = 7;
    EXPECT_EQ(waiting.get()->body, R"({"rows":[{"sequence":6}]})");
}

TEST_F(NewsTest, WhoWaitedInVainHearsSo) { EXPECT_EQ(look(5, 1).get()->body, R"({"rows":[]})"); }

TEST_F(NewsTest, WhoDoesNotWantToWaitDoesNot) {
    EXPECT_EQ(look(5, 0).get()->body, R"({"rows":[]})");
    EXPECT_EQ(look(-1, 25).get()->body, R"({"rows":[]})");
    EXPECT_EQ(kodiac_.calls(), 2);
}

TEST_F(NewsTest, ManyWaitWithoutAThreadEach) {
    std::vector<std::future<Result<Reply>>> waiting;
    for (int i = 0; i < 12; ++i) // more than the workers
        waiting.push_back(look(5, 25));
    kodiac_.waitForCalls(12);
    Call other;
    other.operation = "account.show";
    other.body = "{}";
    EXPECT_TRUE(client_->perform(other).ok());
    news_ = true;
    newest_ = 6;
    for (auto& each : waiting)
        EXPECT_TRUE(each.get().ok());
}

TEST_F(NewsTest, AStoppingServerLetsThemGo) {
    auto waiting = look(5, 25);
    asked_.pass();
    server_->stop();
    EXPECT_EQ(waiting.get()->body, R"({"rows":[]})");
}

} // namespace
} // namespace ssprotect::kodiac::http
