#include "home.h"
#include "ssprotect/app/code_asker.h"
#include "ssprotect/twofactor/hotp.h"

#include <future>

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

// RFC 4226, appendix D: the secret "12345678901234567890".
constexpr std::string_view kSeed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
constexpr std::string_view kSecret = "12345678901234567890";

CodeAnswer given(const std::string& code) { return {Acknowledgement::allowed, WipedBytes(code.begin(), code.end())}; }

/// TFA-5: an account that uses a token, and the token.
struct TokenHome : Home {
    explicit TokenHome(SecondFactorMode mode = SecondFactorMode::ask, Duration patience = Duration{60'000})
        : Home(mode, patience) {
        createAccount();
        must("token.use_oath", Json::object(), {kSeed, press()});
        client().code = [this](const CodeRequest&) { return given(press()); };
    }
    std::string press() { return twofactor::hotpCode(viewOf(kSecret), pressed++, 6); }
    std::vector<std::string> operationsAsked() {
        std::vector<std::string> operations;
        for (const auto& request : client().codesAsked())
            operations.push_back(request.operation);
        return operations;
    }

    std::uint64_t pressed = 0;
};

using Operations = std::vector<std::string>;

TEST(Token, IsAskedForOneCodeWhereFilesAreProtectedAndOpened) {
    TokenHome home;
    const auto document = home.write("a.txt", "a");
    const auto converted = home.convert("activate", {document, home.write("b.txt", "b")});
    ASSERT_TRUE(converted) << converted.error().message;
    EXPECT_EQ((*converted)["ok"], 2) << home.itemOf(document);
    EXPECT_EQ(home.operationsAsked(), Operations{"activate"});
    const auto asked = home.client().codesAsked().front();
    EXPECT_EQ(asked.digits, 6u);
    EXPECT_EQ(asked.seconds, std::chrono::seconds(60));
    EXPECT_FALSE(asked.following);

    // PROT-14: what is closed asks nobody.
    home.must("open", {{"path", textOf(document)}, {"program", editor({"append", "x"})}});
    EXPECT_EQ(home.operationsAsked(), (Operations{"activate", "open"}));
    EXPECT_EQ(home.statusOf(document)["version"], 2);
}

TEST(Token, IsAskedForOneCodeAtALoginAndNoneAtALogout) {
    TokenHome home;
    home.must("logout");
    home.must("login", {{"email", kEmail}}, {kPassword});
    EXPECT_EQ(home.operationsAsked(), Operations{"login"});
    home.must("refresh");
    EXPECT_EQ(home.operationsAsked(), (Operations{"login", "refresh"}));
}

TEST(Token, WithAWrongCodeDoesNothing) {
    TokenHome home;
    home.client().code = [](const CodeRequest&) { return given("000000"); };
    const auto document = home.write("a.txt", "a");
    ASSERT_TRUE(home.convert("activate", {document}));
    EXPECT_EQ(home.itemOf(document)["error"]["code"], "second-factor-refused");
    EXPECT_EQ(Home::read(document), "a");
    EXPECT_EQ(home.wordOf("refresh"), "second-factor-refused");
}

TEST(Token, WithNobodyToAskIsMissing) {
    TokenHome home;
    home.client().code = [](const CodeRequest&) { return CodeAnswer{Acknowledgement::nobodyToAsk, {}}; };
    EXPECT_EQ(home.wordOf("refresh"), "second-factor-missing");
    EXPECT_EQ(home.wordOf("logout"), "ok");
    EXPECT_EQ(home.wordOf("login", {{"email", kEmail}}, {kPassword}), "second-factor-missing");
}

TEST(Token, WhoseCodeDoesNotComeInTimeIsDenied) {
    TokenHome home(SecondFactorMode::allow, Duration{1});
    home.client().code = [](const CodeRequest&) { return std::nullopt; };
    EXPECT_EQ(home.wordOf("refresh"), "second-factor-refused");
    const auto document = home.write("a.txt", "a");
    ASSERT_TRUE(home.convert("activate", {document}));
    EXPECT_EQ(home.itemOf(document)["error"]["code"], "second-factor-refused");
    EXPECT_EQ(Home::read(document), "a");
}

TEST(Token, IsAskedForItsCodeWhereAllAcknowledgementsAreAllowed) {
    TokenHome home(SecondFactorMode::allow);
    const auto document = home.write("a.txt", "a");
    ASSERT_TRUE(home.convert("activate", {document}));
    EXPECT_TRUE(home.itemOf(document)["ok"]);
    EXPECT_TRUE(home.client().asked().empty());
    EXPECT_EQ(home.operationsAsked(), Operations{"activate"});
}

TEST(Token, IsNotAskedWhereEverySecondFactorIsDenied) {
    TokenHome home(SecondFactorMode::deny);
    EXPECT_EQ(home.wordOf("refresh"), "second-factor-refused");
    EXPECT_TRUE(home.client().codesAsked().empty());
    EXPECT_EQ(home.wordOf("logout"), "ok");
}

TEST(Token, WhileItIsWaitedForKeepsNobodyElseWaiting) {
    TokenHome home;
    const auto document = home.write("a.txt", "a");
    ASSERT_TRUE(home.convert("activate", {document}));
    std::promise<void> asked;
    home.client().code = [&](const CodeRequest&) -> std::optional<CodeAnswer> {
        asked.set_value();
        return std::nullopt;
    };
    auto refresh = std::async(std::launch::async, [&] { return home.wordOf("refresh"); });
    asked.get_future().wait();
    EXPECT_EQ(home.wordOf("account.show"), "ok");
    EXPECT_EQ(home.wordOf("versions", {{"target", textOf(document)}, {"before", 0}, {"limit", 10}}), "ok");
    EXPECT_EQ(home.wordOf("opened"), "ok");
    home.application().close(ClosePolicy::protectNow, Duration{1'000});
    EXPECT_EQ(refresh.get(), "second-factor-refused") << "the end of the process ends the wait";
}

TEST(Token, ComesBackInStepAndGivesWayToCodesOfTheHost) {
    TokenHome home;
    home.must("token.use_software");
    EXPECT_EQ(home.operationsAsked(), Operations{"token.use_software"});
    home.must("refresh");
    EXPECT_EQ(home.client().codesAsked().size(), 1u);
}

TEST(CodeAsker, AsksWhoeverHasWindowsAndNotTheProgramThatCalls) {
    const auto caller = std::make_shared<ScriptedClient>();
    const auto desk = std::make_shared<ScriptedClient>();
    desk->code = [](const CodeRequest&) { return given("123456"); };
    CodeAsker asker(SecondFactorMode::ask, Duration{60'000}, [&] { return desk; });
    const CodeAsker::OnErrand working(asker, std::make_shared<CodeErrand>(caller, "login"));
    const auto code = asker.ask({6, false});
    ASSERT_TRUE(code);
    EXPECT_EQ(*code, "123456");
    EXPECT_TRUE(caller->codesAsked().empty());
    EXPECT_EQ(caller->told("code.elsewhere").size(), 1u) << "whoever waits at a terminal must know where";
}

TEST(CodeAsker, AsksNobodyForWhatTheProcessDoesByItself) {
    const auto desk = std::make_shared<ScriptedClient>();
    CodeAsker asker(SecondFactorMode::ask, Duration{60'000}, [&] { return desk; });
    const auto code = asker.ask({6, false});
    ASSERT_FALSE(code);
    EXPECT_EQ(code.error().code, ErrorCode::secondFactorMissing);
    EXPECT_TRUE(desk->codesAsked().empty());
}

TEST(CodeAsker, TakesOneNoForAllOfAnErrandAndAsksAgainForTheNext) {
    const auto client = std::make_shared<ScriptedClient>();
    client->code = [](const CodeRequest&) { return CodeAnswer{Acknowledgement::denied, {}}; };
    CodeAsker asker(SecondFactorMode::ask, Duration{60'000});
    for (std::size_t errand = 1; errand <= 2; ++errand) {
        const CodeAsker::OnErrand working(asker, std::make_shared<CodeErrand>(client, "activate"));
        EXPECT_FALSE(asker.ask({6, false}));
        EXPECT_FALSE(asker.ask({6, false}));
        EXPECT_EQ(client->codesAsked().size(), errand);
    }
}

TEST(CodeAsker, GoesBackToTheErrandThatItWasOn) {
    const auto client = std::make_shared<ScriptedClient>();
    client->code = [](const CodeRequest&) { return given("1"); };
    CodeAsker asker(SecondFactorMode::ask, Duration{60'000});
    const CodeAsker::OnErrand outer(asker, std::make_shared<CodeErrand>(client, "outer"));
    { const CodeAsker::OnErrand inner(asker, std::make_shared<CodeErrand>(client, "inner")); }
    ASSERT_TRUE(asker.ask({6, false}));
    EXPECT_EQ(client->codesAsked().front().operation, "outer");
}

} // namespace
} // namespace ssprotect::app::test
