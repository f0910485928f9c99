#include "fake_tray.h"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::HasSubstr;

const Json kLogin = {{"account", "anna@example.org"}, {"keys_exported", true}};

/// A method that needs codes of the token (TFA-5), and gives a login once it has as many as it asks for.
class NeedsCodes {
public:
    NeedsCodes(FakeTray& tray, const std::string& method, int codes = 1) : left_(codes) {
        tray.does(method, [this, method](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&,
                                         ipc::Responder responder) {
            ask(from, method, std::make_shared<ipc::Responder>(std::move(responder)));
        });
    }
    /// Everything that was answered.
    std::vector<Json> answers() {
        const std::lock_guard lock(mutex_);
        return answers_;
    }

private:
    void ask(const std::shared_ptr<ipc::Connection>& from, const std::string& method,
             const std::shared_ptr<ipc::Responder>& responder) {
        const Json question = {{"operation", method}, {"digits", 6}, {"following", !answers_.empty()}, {"seconds", 60}};
        from->request("prompt.code", question, ipc::kPatience, [=, this](const Result<Json>& answer) {
            const std::lock_guard lock(mutex_);
            answers_.push_back(answer ? *answer : Json(answer.error().message));
            if (!answer || !answer->contains("code"))
                return responder->reply(makeError(ErrorCode::secondFactorMissing, "there is nobody to ask"));
            if (--left_ == 0)
                return responder->reply(kLogin);
            ask(from, method, responder);
        });
    }

    std::mutex mutex_;
    int left_;
    std::vector<Json> answers_;
};

using Answers = std::vector<Json>;

TEST(Token, CodesComeFromStandardInputInTheOrderInWhichTheyAreAskedFor) {
    FakeTray tray;
    NeedsCodes needs(tray, "login", 2);
    const auto result = tray.run({"login", "--password-stdin"}, "sesame\n755 224\r\n287082\n");
    EXPECT_EQ(result.exitCode, 0) << result.err;
    EXPECT_EQ(needs.answers(), (Answers{Json{{"code", "755224"}}, Json{{"code", "287082"}}}));
    EXPECT_EQ(tray.call("login").secrets, std::vector<std::string>{"sesame"});
}

TEST(Token, WithoutACodeOnStandardInputThereIsNobodyToAsk) {
    FakeTray tray;
    NeedsCodes needs(tray, "login");
    const auto result = tray.run({"--json", "login", "--password-stdin"}, "sesame\n");
    EXPECT_EQ(result.exitCode, 6) << "a code is no password";
    EXPECT_EQ(errorWordOf(result), "second-factor-missing");
    EXPECT_EQ(needs.answers(), (Answers{Json{{"reason", "no-terminal"}}}));
}

TEST(Token, WithoutATerminalThereIsNobodyToAsk) {
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"refresh"}, {"sync-2factor"}, {"host", "list"}, {"audit"}, {"users", "list"}}) {
        FakeTray tray;
        NeedsCodes needs(tray, command[0] == "sync-2factor" ? "second_factor.sync"
                               : command.size() == 2        ? command[0] + "." + command[1]
                                                            : command[0]);
        EXPECT_EQ(tray.run(command).exitCode, 6) << command[0];
        EXPECT_EQ(needs.answers(), (Answers{Json{{"reason", "no-terminal"}}})) << command[0];
    }
}

TEST(Token, AQuestionThatCannotBeReadIsRefused) {
    FakeTray tray;
    std::promise<Result<Json>> answer;
    tray.does("refresh",
              [&](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                  auto later = std::make_shared<ipc::Responder>(std::move(responder));
                  from->request("prompt.code", {{"operation", 5}, {"digits", "six"}}, ipc::kPatience,
                                [&, later](Result<Json> given) {
                                    answer.set_value(std::move(given));
                                    later->reply(makeError(ErrorCode::secondFactorMissing, "nobody to ask"));
                                });
              });
    EXPECT_EQ(tray.run({"refresh", "--password-stdin"}, "755224\n").exitCode, 6);
    EXPECT_FALSE(answer.get_future().get().ok());
}

TEST(Token, IsTakenIntoUseWithItsSeedAndACode) {
    FakeTray tray;
    tray.gives("token.use_oath", Json::object());
    const auto taken = tray.run({"token", "use-oath", "--password-stdin"}, "GEZDGNBVGY3TQOJQ\n755224\n");
    EXPECT_EQ(taken.exitCode, 0) << taken.err;
    EXPECT_EQ(tray.call("token.use_oath").secrets, (std::vector<std::string>{"GEZDGNBVGY3TQOJQ", "755224"}));
    EXPECT_EQ(tray.run({"token", "use-oath", "--password-stdin"}, "GEZDGNBVGY3TQOJQ\n").exitCode, 6);
    EXPECT_EQ(tray.run({"token", "use-oath", "--password-stdin"}, "").exitCode, 2);
}

TEST(Token, AskedForInAWindowIsSaidAtTheTerminal) {
    FakeTray tray;
    tray.does("refresh",
              [](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                  from->notify("code.elsewhere", {{"seconds", 60}});
                  responder.reply(kLogin);
              });
    const auto result = tray.run({"refresh"});
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_THAT(result.err, HasSubstr("a code of your token in a window of its own"));
}

TEST(Token, AHostThatUsesOneSaysSo) {
    FakeTray tray;
    tray.gives(
        "host.list",
        {{"hosts", {{{"host", "00ff"}, {"name", "desk"}, {"state", "enrolled"}, {"oath", true}, {"self", true}}}}});
    EXPECT_THAT(tray.run({"host", "list"}).out, HasSubstr("enrolled with a token, this one"));
}

} // namespace
} // namespace ssprotect::cli
