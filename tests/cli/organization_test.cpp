#include "fake_tray.h"
#include "support/temp_folder.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Policy, IsShownAsKeysAndValues) {
    FakeTray tray;
    const Json policy = {{"organization", "Example Works"},
                         {"policy", {{"password-length", 12}, {"sign-up", true}, {"retention", 3}}}};
    tray.gives("policy.show", policy);
    const auto told = tray.run({"policy", "show"});
    EXPECT_THAT(told.out, HasSubstr("Example Works"));
    EXPECT_THAT(told.out, HasSubstr("password-length"));
    EXPECT_THAT(told.out, HasSubstr("on"));
    EXPECT_EQ(printed(tray.run({"--json", "policy", "show"})), policy);
}

TEST(Policy, IsSetByKeysAndValues) {
    FakeTray tray;
    tray.gives("policy.set", {{"organization", "Example Works"}, {"policy", {{"retention", 5}}}});
    EXPECT_EQ(tray.run({"policy", "set", "retention=5", "sign-up=off"}).exitCode, 0);
    EXPECT_EQ(tray.call("policy.set").params, (Json{{"policy", {{"retention", "5"}, {"sign-up", "off"}}}}));
    EXPECT_EQ(tray.run({"policy", "set", "retention"}).exitCode, 2);
    EXPECT_EQ(tray.run({"policy", "set", "=5"}).exitCode, 2);
}

TEST(License, ShowsSeatsQuotasAndComponents) {
    FakeTray tray;
    const Json license = {{"organization", "Example Works"},
                          {"seats", 5},
                          {"seats_used", 3},
                          {"quota_mb", 9000},
                          {"quota_available_mb", 1000},
                          {"recover", true},
                          {"split_vchains", false},
                          {"move_splits", false},
                          {"retain_versions", 0}};
    tray.gives("license.show", license);
    EXPECT_EQ(tray.run({"license", "show"}).out, "Organization     Example Works\n"
                                                 "Users seated     3\n"
                                                 "Users permitted  5\n"
                                                 "OrgQuota (MB)    9,000\n"
                                                 "OrgAvail (MB)    1,000\n"
                                                 ":Recover         on\n"
                                                 "Split vChains    off\n"
                                                 "Move Splits      off\n"
                                                 "Retain Versions  all\n");
    EXPECT_EQ(printed(tray.run({"--json", "license", "show"})), license);
}

Json lockOf(const std::string& access, const Json& holder, std::uint64_t position = 0) {
    return {{"name", "users"}, {"access", access}, {"holder", holder},
            {"epoch", 4},      {"waiting", 0},     {"position", position}};
}

TEST(Lock, TellsTheAccessThatThisSessionHas) {
    FakeTray tray;
    tray.gives("lock.request", lockOf("exclusive", "ada@example.org"));
    EXPECT_EQ(tray.run({"lock", "request", "users"}).out, "users: ACCESS: EXCLUSIVE\n");
    EXPECT_EQ(tray.call("lock.request").params, (Json{{"name", "users"}, {"wait", false}}));
    tray.gives("lock.status", lockOf("read-only", "dora@example.org", 2));
    EXPECT_EQ(tray.run({"lock", "status", "users"}).out,
              "users: ACCESS: READ ONLY, held by dora@example.org, you are number 2 in line\n");
    EXPECT_EQ(printed(tray.run({"--json", "lock", "status", "users"})), lockOf("read-only", "dora@example.org", 2));
}

TEST(Lock, HeldByAnotherIsAConflict) {
    FakeTray tray;
    tray.fails("lock.request", ErrorCode::lockHeld, "dora@example.org holds it");
    const auto result = tray.run({"--json", "lock", "request", "users"});
    EXPECT_EQ(result.exitCode, 7);
    EXPECT_EQ(errorWordOf(result), "lock-held");
}

TEST(Lock, IsForcedReleasedAndListed) {
    FakeTray tray;
    tray.gives("lock.force", lockOf("exclusive", "ada@example.org"));
    EXPECT_EQ(tray.run({"lock", "force", "users"}).exitCode, 0);
    tray.gives("lock.release", lockOf("read-only", nullptr));
    EXPECT_EQ(tray.run({"lock", "release", "users"}).out, "users: released.\n");
    EXPECT_EQ(printed(tray.run({"--json", "lock", "release", "users"})), lockOf("read-only", nullptr));
    tray.gives("lock.status", {{"locks", {lockOf("read-only", nullptr)}}});
    EXPECT_EQ(tray.run({"lock", "status"}).out, "users: ACCESS: READ ONLY\n");
    EXPECT_EQ(tray.run({"lock", "request", "files"}).exitCode, 2) << "there is no such lock";
}

TEST(Host, AreListedWithTheCodeOfWhoAsks) {
    FakeTray tray;
    tray.gives("host.list", {{"hosts",
                              {{{"host", "aa"}, {"name", "desk"}, {"state", "enrolled"}, {"self", true}},
                               {{"host", "bb"},
                                {"name", "lap\x1b[2Jtop"},
                                {"state", "asks"},
                                {"self", false},
                                {"comparison_code", "AAAA BBBB"}}}}});
    const auto told = tray.run({"host", "list"});
    EXPECT_THAT(told.out, HasSubstr("enrolled, this one"));
    EXPECT_THAT(told.out, HasSubstr("AAAA BBBB"));
    EXPECT_EQ(told.out.find('\x1b'), std::string::npos) << "a host's name writes nothing to the terminal but itself";
}

TEST(Host, IsApprovedWithTheCodeAndRemoved) {
    FakeTray tray;
    tray.gives("host.approve", Json::object());
    EXPECT_EQ(tray.run({"host", "approve", "bb", "--code", "AAAA BBBB"}).exitCode, 0);
    EXPECT_EQ(tray.call("host.approve").params, (Json{{"host", "bb"}, {"code", "AAAA BBBB"}}));
    EXPECT_EQ(tray.run({"host", "approve", "bb"}).exitCode, 2) << "never without comparing";
    tray.gives("host.remove", {{"host", "bb"}});
    EXPECT_EQ(tray.run({"host", "remove", "bb"}).exitCode, 0);
}

TEST(Host, AsksWithThePasswordShowsTheCodeAndWaits) {
    FakeTray tray;
    tray.gives("host.request", {{"comparison_code", "CCCC DDDD"}});
    tray.gives("host.await", {{"account", "ben@example.org"}});
    const auto told = tray.run({"--password-stdin", "host", "request", "--profile", "work"}, "secret\n");
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_THAT(told.err, HasSubstr("CCCC DDDD"));
    EXPECT_THAT(told.out, HasSubstr("Logged in as ben@example.org"));
    EXPECT_EQ(tray.call("host.request").params, (Json{{"profile", "work"}}));
    EXPECT_THAT(tray.call("host.request").secrets, ElementsAre("secret"));
}

TEST(Profile, DefinitionsAreKeptAtKodiacAndFetchedOnAnotherHost) {
    FakeTray tray;
    tray.gives("profile.deploy", Json::object());
    EXPECT_THAT(tray.run({"profile", "deploy", "work"}).out, HasSubstr("profile fetch"));
    EXPECT_EQ(tray.call("profile.deploy").params, (Json{{"name", "work"}}));
    tray.gives("profile.fetch", {{"added", {"work", "home"}}});
    EXPECT_EQ(tray.run({"profile", "fetch"}).out, "Profile work is added.\nProfile home is added.\n");
    tray.gives("profile.fetch", {{"added", Json::array()}});
    EXPECT_THAT(tray.run({"profile", "fetch"}).out, HasSubstr("every profile"));
    tray.gives("profile.withdraw", Json::object());
    EXPECT_EQ(tray.run({"profile", "withdraw", "work"}).exitCode, 0);
}

/// A file that stands for a CA's certificate: the tray process looks into it, not the command line.
class WithServer : public testing::Test {
protected:
    static constexpr const char* kCa = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    std::string ca() {
        const auto file = folder_ / "ca.pem";
        std::ofstream(file, std::ios::binary) << kCa;
        return file.string();
    }

    FakeTray tray_;

private:
    support::TempFolder folder_;
};

TEST_F(WithServer, AnAccountIsJoinedWithTheMailedCode) {
    tray_.gives("account.create", {{"state", "registered"},
                                 {"email", "ben@example.org"},
                                 {"organization_name", "Example Works"},
                                 {"comparison_code", "AAAA BBBB"}});
    const auto told = tray_.run({"--password-stdin", "account", "join", "--email", "ben@example.org", "--server",
                                 "https://a.example.org", "--ca", ca(), "--code", "MAIL-CODE"},
                                "secret\nsecret\n");
    EXPECT_EQ(told.exitCode, 0) << told.err;
    EXPECT_THAT(told.out, HasSubstr("AAAA BBBB"));
    const auto call = tray_.call("account.create");
    EXPECT_EQ(call.params["servers"], (Json{"https://a.example.org"}));
    EXPECT_EQ(call.params["pins"], (Json{kCa}));
}

TEST_F(WithServer, AskingToJoinNeedsAServerAndTakesNoCode) {
    tray_.gives("account.sign_up", Json::object());
    const auto asked = tray_.run({"account", "create", "--email", "ben@example.org", "--server",
                                  "https://a.example.org", "--ca", ca(), "--sign-up", "Example Works"});
    EXPECT_EQ(asked.exitCode, 0) << asked.err;
    EXPECT_EQ(tray_.call("account.sign_up").params["organization"], "Example Works");
    EXPECT_EQ(tray_.run({"account", "create", "--email", "ben@example.org", "--sign-up", "Example Works"}).exitCode, 2);
}

TEST_F(WithServer, ExportedKeysComeBackToAnAccountOnAServer) {
    tray_.gives("keys.import", {{"account", "ben@example.org"}});
    const auto told = tray_.run({"--password-stdin", "keys", "import", "/k", "--email", "ben@example.org", "--server",
                                 "https://a.example.org", "--ca", ca()},
                                "phrase\nnew\nnew\n");
    EXPECT_EQ(told.exitCode, 0) << told.err;
    EXPECT_EQ(tray_.call("keys.import").params["servers"], (Json{"https://a.example.org"}));
}

TEST(ForcedPassword, IsChangedInTheSameLoginAndNoLongerDue) {
    FakeTray tray;
    tray.gives("login", {{"account", "ben@example.org"}, {"password_due", true}});
    tray.gives("account.change_password", Json::object());
    const auto result = tray.run({"--json", "--password-stdin", "login"}, "old\nnew one\nnew one\n");
    EXPECT_EQ(printed(result)["password_due"], false);
    EXPECT_THAT(tray.call("account.change_password").secrets, ElementsAre("old", "new one"));
}

TEST(ForcedPassword, ThatIsNotGivenEndsTheSession) {
    FakeTray tray;
    tray.gives("login", {{"account", "ben@example.org"}, {"password_due", true}});
    tray.gives("logout", Json::object());
    EXPECT_EQ(tray.run({"--password-stdin", "login"}, "old\n").exitCode, 2);
    EXPECT_EQ(tray.call("logout").method, "logout");
}

} // namespace
} // namespace ssprotect::cli
