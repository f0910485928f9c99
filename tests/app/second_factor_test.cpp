#include "home.h"

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

TEST(SecondFactor, IsAskedOnceForAllFilesOfABulkConversion) {
    Home home;
    home.createAccount();
    ASSERT_TRUE(home.convert("activate", {home.write("a.txt", "a"), home.write("b.txt", "b")}));
    const auto asked = home.client().asked();
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(asked[0].operation, "activate");
    EXPECT_EQ(asked[0].count, 2u);
    EXPECT_EQ(asked[0].names, (std::vector<std::string>{"a.txt", "b.txt"}));
    EXPECT_EQ(asked[0].seconds, std::chrono::seconds(60));
}

TEST(SecondFactor, DeniedLeavesEveryFileAsItWas) {
    Home home;
    home.createAccount();
    home.client().answer = [] { return Acknowledgement::denied; };
    const auto a = home.write("a.txt", "a");
    const auto b = home.write("b.txt", "b");
    const auto result = home.convert("activate", {a, b});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ((*result)["failed"], 2);
    EXPECT_EQ(home.itemOf(a)["error"]["code"], "second-factor-refused");
    EXPECT_EQ(Home::read(a), "a");
    EXPECT_EQ(Home::read(b), "b");
}

TEST(SecondFactor, IsMissingWhereNobodyCanBeAsked) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "a");
    ASSERT_TRUE(home.convert("activate", {document}));
    home.client().answer = [] { return Acknowledgement::nobodyToAsk; };
    EXPECT_EQ(home.wordOf("open", {{"path", textOf(document)}, {"program", editor({"append", "x"})}}),
              "second-factor-missing");
    EXPECT_TRUE(home.must("opened")["opened"].empty());
    EXPECT_EQ(home.statusOf(document)["version"], 1);
}

TEST(SecondFactor, AsksWhoeverHasWindowsAndNotTheProgramThatCalls) {
    ScriptedClient caller;
    const auto desk = std::make_shared<ScriptedClient>();
    desk->answer = [] { return Acknowledgement::denied; };
    Acknowledger acknowledger(SecondFactorMode::ask, Duration{60'000}, [&] { return desk; });
    const auto answer = acknowledger.require(caller, {"open", {"a.txt"}, 1}, {});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::secondFactorRefused);
    EXPECT_EQ(desk->asked().size(), 1u);
    EXPECT_TRUE(caller.asked().empty());
    EXPECT_EQ(caller.told("acknowledgement.elsewhere").size(), 1u) << "whoever waits at a terminal must know where";
}

TEST(SecondFactor, CountsAsDeniedWhenTimeRunsOut) {
    Home home(SecondFactorMode::ask, Duration{1});
    home.createAccount();
    home.client().answer = [] { return std::nullopt; };
    const auto document = home.write("a.txt", "a");
    ASSERT_TRUE(home.convert("activate", {document}));
    EXPECT_EQ(home.itemOf(document)["error"]["code"], "second-factor-refused");
    EXPECT_EQ(Home::read(document), "a");
}

TEST(SecondFactor, AllowedForAllAsksNobody) {
    Home home(SecondFactorMode::allow);
    home.createAccount();
    ASSERT_TRUE(home.convert("activate", {home.write("a.txt", "a")}));
    EXPECT_TRUE(home.client().asked().empty());
}

TEST(SecondFactor, DeniedForAllRefusesWithoutAsking) {
    Home home(SecondFactorMode::deny);
    home.createAccount();
    const auto document = home.write("a.txt", "a");
    ASSERT_TRUE(home.convert("activate", {document}));
    EXPECT_EQ(home.itemOf(document)["error"]["code"], "second-factor-refused");
    EXPECT_TRUE(home.client().asked().empty());
}

TEST(SecondFactor, IsNotAskedForACount) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "a");
    const auto counted = home.convert("activate", {document}, {{"dry_run", true}});
    ASSERT_TRUE(counted);
    EXPECT_EQ((*counted)["ok"], 1);
    EXPECT_TRUE(home.client().asked().empty());
    EXPECT_EQ(Home::read(document), "a");
}

TEST(Acknowledger, SkipsTheQuestionForAnAccountThatNeedsNone) {
    Acknowledger acknowledger(SecondFactorMode::ask);
    ScriptedClient client;
    client.answer = [] { return Acknowledgement::denied; };
    EXPECT_FALSE(acknowledger.require(client, {"open", {"a"}, 1}, {}).ok());
    EXPECT_TRUE(acknowledger.require(client, {"open", {"a"}, 1}, {.noSecondFactor = true}).ok());
    EXPECT_EQ(client.asked().size(), 1u);
}

TEST(Acknowledger, EndsItsWaitsWhenTheProcessEnds) {
    Acknowledger acknowledger(SecondFactorMode::ask);
    ScriptedClient client;
    client.answer = [&]() -> std::optional<Acknowledgement> {
        acknowledger.stop();
        return std::nullopt;
    };
    const auto refused = acknowledger.require(client, {"open", {"a"}, 1}, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::secondFactorRefused);
}

TEST(Acknowledger, LetsALateAnswerGoBy) {
    std::function<void(Acknowledgement)> late;
    struct Holding final : Client {
        std::function<void(Acknowledgement)>& held;
        explicit Holding(std::function<void(Acknowledgement)>& to) : held(to) {}
        void notify(std::string_view, const Json&) override {}
        void notifyLatest(std::string_view, std::string_view, const Json&) override {}
        bool waitForRoom() override { return true; }
        void acknowledge(const AcknowledgementRequest&, std::function<void(Acknowledgement)> done) override {
            held = std::move(done);
        }
        void askCode(const CodeRequest&, std::function<void(CodeAnswer)>) override {}
        void offerLogin(std::function<void(bool)> done) override { done(false); }
        bool gone() const override { return false; }
    } holding(late);
    {
        Acknowledger acknowledger(SecondFactorMode::ask, Duration{1});
        EXPECT_FALSE(acknowledger.require(holding, {"open", {"a"}, 1}, {}).ok());
    }
    late(Acknowledgement::allowed);
}

} // namespace
} // namespace ssprotect::app::test
