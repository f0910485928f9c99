#include "fake_tray.h"
#include "support/terminal_run.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Json kLogin = {{"account", "anna@example.org"}, {"keys_exported", true}};

/// "open" asks for an acknowledgement; what was answered is the test's to see.
class Asked {
public:
    explicit Asked(FakeTray& tray) {
        tray.does("open",
                  [this](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                      auto later = std::make_shared<ipc::Responder>(std::move(responder));
                      const Json question = {
                          {"operation", "open"}, {"names", {"a\x1b[2J.txt", "b.txt"}}, {"count", 12}, {"seconds", 60}};
                      from->request("prompt.acknowledge", question, ipc::kPatience, [this, later](Result<Json> answer) {
                          const bool allowed = answer && answer->value("allow", false);
                          answer_.set_value(answer ? *answer : Json(answer.error().message));
                          if (allowed)
                              later->reply(Json{{"path", "/a"}, {"version", 2}, {"state", "protected"}});
                          else
                              later->reply(makeError(ErrorCode::secondFactorRefused, "it was denied"));
                      });
                  });
    }
    Json answer() { return answer_.get_future().get(); }

private:
    std::promise<Json> answer_;
};

std::unique_ptr<support::TerminalRun> startOnTerminal(const FakeTray& tray, std::vector<std::string> arguments) {
    return std::make_unique<support::TerminalRun>(commandOf(std::move(arguments)), tray.environment());
}

TEST(Terminal, APasswordIsNotShownWhileItIsTyped) {
    FakeTray tray;
    tray.gives("login", kLogin);
    const auto terminal = startOnTerminal(tray, {"login", "--email", "anna@example.org"});
    ASSERT_TRUE(terminal->waitFor("Password of anna@example.org: "));
    terminal->type("sesame\r");
    EXPECT_TRUE(terminal->waitFor("Logged in as anna@example.org"));
    EXPECT_EQ(terminal->wait(), 0);
    EXPECT_THAT(tray.call("login").secrets, ElementsAre("sesame"));
    EXPECT_THAT(terminal->shown(), Not(HasSubstr("sesame")));
}

TEST(Terminal, ANewPasswordIsAskedAgainWhenTheTwoDiffer) {
    FakeTray tray;
    tray.gives("account.change_password", Json::object());
    const auto terminal = startOnTerminal(tray, {"account", "change-password"});
    ASSERT_TRUE(terminal->waitFor("Current password: "));
    terminal->type("old\r");
    ASSERT_TRUE(terminal->waitFor("New password: "));
    terminal->type("one\r");
    ASSERT_TRUE(terminal->waitFor("The same again: "));
    terminal->type("two\r");
    ASSERT_TRUE(terminal->waitFor("They differ"));
    ASSERT_TRUE(terminal->waitFor("New password: "));
    terminal->type("three\r");
    ASSERT_TRUE(terminal->waitFor("The same again: "));
    terminal->type("three\r");
    EXPECT_EQ(terminal->wait(), 0);
    EXPECT_THAT(tray.call("account.change_password").secrets, ElementsAre("old", "three"));
}

TEST(Terminal, CtrlCAtAPasswordEndsTheCommand) {
    FakeTray tray;
    tray.gives("login", kLogin);
    const auto terminal = startOnTerminal(tray, {"login"});
    ASSERT_TRUE(terminal->waitFor("Password: "));
    terminal->type("half\x03");
    EXPECT_EQ(terminal->wait(), 1);
    for (const auto& call : tray.calls())
        EXPECT_NE(call.method, "login");
}

TEST(Terminal, AnAcknowledgementShowsWhatItIsAboutAndTakesAYes) {
    FakeTray tray;
    Asked asked(tray);
    const auto terminal = startOnTerminal(tray, {"open", "/a"});
    ASSERT_TRUE(terminal->waitFor("acknowledgement to open 12 files"));
    ASSERT_TRUE(terminal->waitFor("a\\x1b[2J.txt"));
    ASSERT_TRUE(terminal->waitFor("and 10 more"));
    ASSERT_TRUE(terminal->waitFor("Allow it? [y/N]"));
    terminal->type("y\r");
    EXPECT_EQ(terminal->wait(), 0);
    EXPECT_EQ(asked.answer(), (Json{{"allow", true}}));
}

TEST(Terminal, AnythingButAYesIsANo) {
    for (const char* keys : {"\r", "n\r", "yep\r", " y\r", "\x03", "\x04"}) {
        FakeTray tray;
        Asked asked(tray);
        const auto terminal = startOnTerminal(tray, {"open", "/a"});
        ASSERT_TRUE(terminal->waitFor("Allow it? [y/N]"));
        terminal->type(keys);
        EXPECT_EQ(terminal->wait(), 6);
        EXPECT_EQ(asked.answer(), (Json{{"allow", false}, {"reason", "denied"}}));
    }
}

/// "refresh" asks for a code; what was answered is the test's to see.
class AskedForACode {
public:
    explicit AskedForACode(FakeTray& tray, bool following = false) {
        tray.does("refresh", [this, following](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&,
                                               ipc::Responder responder) {
            auto later = std::make_shared<ipc::Responder>(std::move(responder));
            const Json question = {{"operation", "refresh"}, {"digits", 6}, {"following", following}, {"seconds", 60}};
            from->request("prompt.code", question, ipc::kPatience, [this, later](const Result<Json>& answer) {
                answer_.set_value(answer ? *answer : Json(answer.error().message));
                if (answer && answer->contains("code"))
                    later->reply(kLogin);
                else
                    later->reply(makeError(ErrorCode::secondFactorRefused, "no code was given"));
            });
        });
    }
    Json answer() { return answer_.get_future().get(); }

private:
    std::promise<Json> answer_;
};

TEST(Terminal, ACodeOfTheTokenIsAskedForWithWhatItIsFor) {
    FakeTray tray;
    AskedForACode asked(tray);
    const auto terminal = startOnTerminal(tray, {"refresh"});
    ASSERT_TRUE(terminal->waitFor("a code of your token to refresh the login"));
    ASSERT_TRUE(terminal->waitFor("Code, 6 digits (60 s): "));
    terminal->type("755 224\r");
    EXPECT_EQ(terminal->wait(), 0);
    EXPECT_EQ(asked.answer(), (Json{{"code", "755224"}}));
}

TEST(Terminal, TheCodeThatFollowsIsAskedForAsSuch) {
    FakeTray tray;
    AskedForACode asked(tray, true);
    const auto terminal = startOnTerminal(tray, {"refresh"});
    ASSERT_TRUE(terminal->waitFor("Next code, 6 digits (60 s): "));
    terminal->type("287082\r");
    EXPECT_EQ(terminal->wait(), 0);
}

TEST(Terminal, WhoGivesNoCodeHasDenied) {
    for (const char* keys : {"\r", "\x03", "\x04"}) {
        FakeTray tray;
        AskedForACode asked(tray);
        const auto terminal = startOnTerminal(tray, {"refresh"});
        ASSERT_TRUE(terminal->waitFor("Code, 6 digits"));
        terminal->type(keys);
        EXPECT_EQ(terminal->wait(), 6);
        EXPECT_EQ(asked.answer(), (Json{{"reason", "denied"}}));
    }
}

TEST(Terminal, ForAProgramNobodyIsAskedOnIt) {
    FakeTray tray;
    Asked asked(tray);
    const auto terminal = startOnTerminal(tray, {"open", "/a", "--json"});
    EXPECT_EQ(terminal->wait(), 6);
    EXPECT_EQ(asked.answer(), (Json{{"allow", false}, {"reason", "no-terminal"}}));
}

TEST(Terminal, ALongJobDrawsABarAndTakesItAwayAgain) {
    std::promise<ipc::Responder> running;
    FakeTray tray;
    tray.gives("convert.start", {{"job", 1}});
    tray.gives("convert.add", Json::object());
    tray.does("convert.run",
              [&](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                  from->notify("convert.progress", {{"job", 1},
                                                    {"files_done", 1234},
                                                    {"files_total", 10'000},
                                                    {"bytes_done", 500},
                                                    {"bytes_total", 1000},
                                                    {"bytes_per_second", 85'000'000},
                                                    {"seconds_left", 12}});
                  running.set_value(std::move(responder));
              });
    const auto terminal = startOnTerminal(tray, {"activate", "-r", "/a"});
    ASSERT_TRUE(terminal->waitFor("50%  1,234/10,000 files  500 B of 1.00 kB  85.0 MB/s  0:12 left"));
    running.get_future().get().reply(Json{{"ok", 10'000}, {"failed", 0}, {"skipped", 0}, {"cancelled", false}});
    ASSERT_TRUE(terminal->waitFor("\r\x1b[K"));
    ASSERT_TRUE(terminal->waitFor("Protected: 10,000 files."));
    EXPECT_EQ(terminal->wait(), 0);
}

TEST(Terminal, CtrlCOnItCancelsTheJob) {
    std::unique_ptr<ipc::Responder> running;
    std::promise<void> started;
    FakeTray tray;
    tray.gives("convert.start", {{"job", 1}});
    tray.gives("convert.add", Json::object());
    tray.does("convert.run", [&](const auto&, const ipc::Request&, ipc::Responder responder) {
        running = std::make_unique<ipc::Responder>(std::move(responder));
        started.set_value();
    });
    tray.does("convert.cancel", [&](const auto&, const ipc::Request&, ipc::Responder responder) {
        responder.reply(Json::object());
        running->reply(Json{{"ok", 3}, {"failed", 0}, {"skipped", 0}, {"cancelled", true}});
    });
    const auto terminal = startOnTerminal(tray, {"activate", "-r", "/a"});
    started.get_future().wait();
    terminal->type("\x03");
    ASSERT_TRUE(terminal->waitFor("Cancelling"));
    ASSERT_TRUE(terminal->waitFor("Protected: 3 files; cancelled"));
    EXPECT_EQ(terminal->wait(), 1);
}

} // namespace
} // namespace ssprotect::cli
