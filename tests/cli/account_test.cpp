#include "fake_tray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Json kAccount = {{"account", "anna@example.org"},
                       {"organization", "abc"},
                       {"email", "anna@example.org"},
                       {"software_id", "123456789012"},
                       {"state", "validated"},
                       {"keys_exported", false},
                       {"attributes", {{"rel_protections", true}, {"mode", "hybrid"}}}};
const Json kLogin = {{"account", "anna@example.org"}, {"email", "anna@example.org"},           {"profile", "home"},
                     {"organization", "abc"},         {"expires", "2026-01-31T20:15:00.000Z"}, {"keys_exported", true}};

TEST(Account, CreateTakesTheNewPasswordTwice) {
    FakeTray tray;
    tray.gives("account.create", kAccount);
    const auto result = tray.run({"--json", "--password-stdin", "account", "create", "--email", "anna@example.org"},
                                 "correct horse\ncorrect horse\n");
    EXPECT_EQ(result.exitCode, 0);
    EXPECT_EQ(printed(result), kAccount);
    const auto call = tray.call("account.create");
    EXPECT_EQ(call.params, (Json{{"email", "anna@example.org"}}));
    EXPECT_THAT(call.secrets, ElementsAre("correct horse"));
}

TEST(Account, CreateSaysWhatToDoNext) {
    FakeTray tray;
    tray.gives("account.create", kAccount);
    const auto told =
        tray.run({"account", "create", "--email", "anna@example.org", "--password-stdin"}, "correct\ncorrect");
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_THAT(told.out, HasSubstr("ssprotect keys export"));
    EXPECT_THAT(told.out, HasSubstr("123456789012"));
}

TEST(Account, NewPasswordsThatDifferAreUsageAndNothingIsAsked) {
    FakeTray tray;
    tray.gives("account.create", kAccount);
    const auto result =
        tray.run({"--json", "--password-stdin", "account", "create", "--email", "a@example.org"}, "one\ntwo\n");
    EXPECT_EQ(result.exitCode, 2);
    EXPECT_EQ(errorWordOf(result), "usage");
    for (const auto& call : tray.calls())
        EXPECT_EQ(call.method, "hello");
}

TEST(Account, ExhaustedInputIsUsage) {
    FakeTray tray;
    for (const auto& [arguments, input] : std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{"account", "create", "--email", "a@example.org"}, ""},
             {{"account", "create", "--email", "a@example.org"}, "once\n"},
             {{"login"}, ""},
             {{"account", "change-password"}, "current\nnew\n"},
             {{"keys", "export", "/tmp/x"}, "once\n"},
             {{"keys", "import", "/tmp/x", "--email", "a@example.org"}, "passphrase\nnew\n"},
             {{"restore-backup", "/tmp/x", "--keys", "/tmp/y"}, ""}}) {
        auto all = arguments;
        all.insert(all.end(), {"--json", "--password-stdin"});
        const auto result = tray.run(all, input);
        EXPECT_EQ(result.exitCode, 2) << ::testing::PrintToString(arguments);
        EXPECT_EQ(errorWordOf(result), "usage");
    }
}

TEST(Account, WithoutATerminalOrStdinAPasswordIsUsage) {
    FakeTray tray;
    tray.gives("login", kLogin);
    const auto result = tray.run({"login"}, "not read\n");
    EXPECT_EQ(result.exitCode, 2);
    EXPECT_THAT(result.err, HasSubstr("--password-stdin"));
}

TEST(Account, LoginNamesAProfileAnAddressOrNeither) {
    for (const auto& [arguments, params] : std::vector<std::pair<std::vector<std::string>, Json>>{
             {{}, Json::object()},
             {{"--profile", "home"}, {{"profile", "home"}}},
             {{"--email", "anna@example.org"}, {{"email", "anna@example.org"}}}}) {
        FakeTray tray;
        tray.gives("login", kLogin);
        std::vector<std::string> all{"login", "--json", "--password-stdin"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        const auto result = tray.run(all, "pass word with spaces \nnext line is not read\n");
        EXPECT_EQ(result.exitCode, 0);
        EXPECT_EQ(printed(result), kLogin);
        EXPECT_EQ(tray.call("login").params, params);
        EXPECT_THAT(tray.call("login").secrets, ElementsAre("pass word with spaces "));
    }
}

TEST(Account, LoginTellsWhoAndUntilWhen) {
    FakeTray tray;
    tray.gives("login", kLogin);
    EXPECT_EQ(tray.run({"login", "--password-stdin"}, "x\n").out,
              "Logged in as anna@example.org, profile home, until 2026-01-31 20:15 UTC.\n");
}

TEST(Account, ALineMayEndAsOnWindows) {
    FakeTray tray;
    tray.gives("login", kLogin);
    EXPECT_EQ(tray.run({"login", "--password-stdin"}, "secret\r\n").exitCode, 0);
    EXPECT_THAT(tray.call("login").secrets, ElementsAre("secret"));
}

TEST(Account, ThePasswordIsAsLongAsThePipeAllows) {
    FakeTray tray;
    tray.gives("login", kLogin);
    const std::string longest(65'535, 'x');
    EXPECT_EQ(tray.run({"login", "--password-stdin"}, longest + "\n").exitCode, 0);
    EXPECT_THAT(tray.call("login").secrets, ElementsAre(longest));
    EXPECT_EQ(tray.run({"login", "--password-stdin"}, longest + "x\n").exitCode, 2);
}

TEST(Account, ChangePasswordTakesTheOldAndTwiceTheNew) {
    FakeTray tray;
    tray.gives("account.change_password", Json::object());
    EXPECT_EQ(tray.run({"account", "change-password", "--password-stdin"}, "old\nnew\nnew\n").exitCode, 0);
    EXPECT_THAT(tray.call("account.change_password").secrets, ElementsAre("old", "new"));
}

TEST(Account, SetSendsOnlyWhatIsNamedAndShowsTheAccountThen) {
    for (const auto& [arguments, params] : std::vector<std::pair<std::vector<std::string>, Json>>{
             {{"--unsigned-apps", "on"}, {{"unsigned_apps", true}}},
             {{"--unsigned-apps"}, {{"unsigned_apps", true}}},
             {{"--keep-unchanged", "off"}, {{"keep_unchanged", false}}},
             {{"--unsigned-apps", "off", "--keep-unchanged"}, {{"unsigned_apps", false}, {"keep_unchanged", true}}}}) {
        FakeTray tray;
        tray.gives("account.set", kAccount);
        std::vector<std::string> all{"account", "set"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        const auto told = tray.run(all);
        EXPECT_EQ(told.exitCode, 0) << told.err;
        EXPECT_THAT(told.out, HasSubstr("Attributes"));
        EXPECT_EQ(tray.call("account.set").params, params);
    }
}

TEST(Account, SetWithNothingToSetOrAnotherWordIsUsage) {
    FakeTray tray;
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"account", "set"}, {"account", "set", "--unsigned-apps", "maybe"}, {"account", "set", "on"}}) {
        const auto result = tray.run(arguments);
        EXPECT_EQ(result.exitCode, 2) << ::testing::PrintToString(arguments);
        EXPECT_THAT(result.out, ::testing::IsEmpty());
    }
    EXPECT_THAT(tray.run({"account", "set"}).err, HasSubstr("--unsigned-apps"));
    EXPECT_THAT(tray.calls(), ::testing::IsEmpty());
}

TEST(Account, SetWithoutAnybodyToAskIsDenied) {
    FakeTray tray;
    tray.does("account.set",
              [](const std::shared_ptr<ipc::Connection>& from, const ipc::Request&, ipc::Responder responder) {
                  auto later = std::make_shared<ipc::Responder>(std::move(responder));
                  from->request("prompt.acknowledge",
                                {{"operation", "set"}, {"names", {"Unsigned Apps: on"}}, {"count", 1}, {"seconds", 60}},
                                ipc::kPatience, [later](const Result<Json>& answer) {
                                    ASSERT_TRUE(answer.ok());
                                    EXPECT_EQ(*answer, (Json{{"allow", false}, {"reason", "no-terminal"}}));
                                    later->reply(makeError(ErrorCode::secondFactorMissing, "nobody to ask"));
                                });
              });
    EXPECT_EQ(tray.run({"account", "set", "--unsigned-apps", "on"}).exitCode, 6);
}

TEST(Account, ShowTellsTheAttributes) {
    FakeTray tray;
    tray.gives("account.show", kAccount);
    const auto told = tray.run({"account", "show"});
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_THAT(told.out, HasSubstr("rel_protections  on\n"));
    EXPECT_EQ(printed(tray.run({"account", "show", "--json"})), kAccount);
}

TEST(Account, LogoutTellsWhatIsStillOpen) {
    FakeTray tray;
    tray.gives("logout", {{"opened", 2}});
    EXPECT_THAT(tray.run({"logout"}).out, HasSubstr("2 documents"));
    tray.gives("logout", {{"opened", 0}});
    EXPECT_EQ(tray.run({"logout"}).out, "Logged out.\n");
}

TEST(Account, RefreshTellsTheSession) {
    FakeTray tray;
    tray.gives("refresh", kLogin);
    EXPECT_EQ(printed(tray.run({"refresh", "--json"})), kLogin);
}

TEST(Account, ProfilesAreListedAddedRenamedAndDeleted) {
    FakeTray tray;
    const Json profiles = {
        {"profiles",
         {{{"name", "home"}, {"email", "anna@example.org"}, {"server", nullptr}, {"current", true}},
          {{"name", "work"}, {"email", "a@work.org"}, {"server", "https://k"}, {"current", false}}}}};
    tray.gives("profile.list", profiles);
    tray.gives("profile.add", Json::object());
    tray.gives("profile.rename", Json::object());
    tray.gives("profile.delete", Json::object());
    EXPECT_EQ(tray.run({"profile", "list"}).out, "   PROFILE  ACCOUNT           SERVER\n"
                                                 "*  home     anna@example.org  embedded\n"
                                                 "   work     a@work.org        https://k\n");
    EXPECT_EQ(printed(tray.run({"--json", "profile", "list"})), profiles);
    EXPECT_EQ(tray.run({"profile", "add", "work", "--email", "a@work.org", "--server", "https://k"}).exitCode, 2)
        << "without the CA that it is known by";
    EXPECT_EQ(tray.run({"profile", "add", "work", "--email", "a@work.org"}).exitCode, 0);
    EXPECT_EQ(tray.call("profile.add").params, (Json{{"name", "work"}, {"email", "a@work.org"}}));
    EXPECT_EQ(tray.run({"profile", "rename", "work", "office"}).exitCode, 0);
    EXPECT_EQ(tray.call("profile.rename").params, (Json{{"name", "work"}, {"to", "office"}}));
    EXPECT_EQ(printed(tray.run({"profile", "delete", "office", "--json"})), Json::object());
    EXPECT_EQ(tray.call("profile.delete").params, (Json{{"name", "office"}}));
}

} // namespace
} // namespace ssprotect::cli
