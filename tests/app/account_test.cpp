#include "home.h"

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

TEST(Account, CanDoNothingButExportItsKeysInTheFirstSession) {
    Home home;
    const auto account = home.must("account.create", {{"email", kEmail}}, {kPassword});
    EXPECT_EQ(account["email"], kEmail);
    EXPECT_EQ(account["keys_exported"], false);
    EXPECT_EQ(account["software_id"].get<std::string>().size(), 12u);

    EXPECT_EQ(home.wordOf("convert.start", {{"operation", "activate"}}), "export-keys-first");
    EXPECT_EQ(home.wordOf("hostlist"), "export-keys-first");
    home.must("keys.export", {{"file", textOf(home.keysFile())}}, {kPassphrase});
    EXPECT_EQ(home.wordOf("convert.start", {{"operation", "activate"}}), "ok");
    EXPECT_EQ(home.must("account.show")["keys_exported"], true);
}

TEST(Account, RefusesAWeakPassword) {
    Home home;
    EXPECT_EQ(home.wordOf("account.create", {{"email", kEmail}}, {"short"}), "weak-password");
    EXPECT_EQ(home.wordOf("account.show"), "not-logged-in");
}

TEST(Account, ShowsItsAttributes) {
    Home home;
    home.createAccount();
    const auto shown = home.must("account.show");
    EXPECT_EQ(shown["attributes"]["rel_protections"], true);
    EXPECT_EQ(shown["attributes"]["no_2nd_factor"], false);
    EXPECT_EQ(shown["state"], "validated");
}

TEST(Login, NeedsThePassword) {
    Home home;
    home.createAccount();
    EXPECT_EQ(home.must("logout")["opened"], 0);
    EXPECT_EQ(home.wordOf("hostlist"), "not-logged-in");
    EXPECT_EQ(home.wordOf("login", {{"email", kEmail}}, {"a wrong password"}), "login-failed");
    EXPECT_EQ(home.wordOf("login", {{"email", "bert@example.org"}}, {kPassword}), "login-failed");

    const auto session = home.must("login", {{"email", kEmail}}, {kPassword});
    EXPECT_EQ(session["email"], kEmail);
    EXPECT_EQ(session["keys_exported"], true);
    EXPECT_EQ(home.must("status")["session"]["state"], "logged-in");
}

TEST(Login, TakesTheCurrentProfileWhenNoneIsNamed) {
    Home home;
    home.createAccount();
    home.must("logout");
    EXPECT_EQ(home.must("login", Json::object(), {kPassword})["email"], kEmail);
}

TEST(Login, IsRefreshedWithoutThePassword) {
    Home home;
    home.createAccount();
    EXPECT_EQ(home.must("refresh")["email"], kEmail);
    home.must("logout");
    EXPECT_EQ(home.wordOf("refresh"), "not-logged-in");
}

TEST(Login, IsTheSameAfterARestart) {
    Home home;
    home.createAccount();
    home.restart();
    EXPECT_EQ(home.must("status")["session"]["state"], "logged-out");
    EXPECT_EQ(home.wordOf("login", {{"email", kEmail}}, {kPassword}), "ok");
}

TEST(Login, IsOfferedToWhoActsWithoutASessionAndThenTheActionGoesOn) {
    Home home;
    home.createAccount();
    home.must("logout");
    EXPECT_EQ(home.wordOf("hostlist"), "not-logged-in");

    home.client().login = [&] { return home.call("login", {{"email", kEmail}}, {kPassword}).ok(); };
    EXPECT_EQ(home.wordOf("hostlist"), "ok");
}

TEST(Login, TellsSubscribersWhoIsLoggedIn) {
    Home home;
    home.createAccount();
    home.must("logout");
    const auto told = home.client().told("session.changed");
    ASSERT_GE(told.size(), 2u);
    EXPECT_EQ(told.front()["state"], "logged-in");
    EXPECT_EQ(told.back()["state"], "logged-out");
}

TEST(Password, IsChangedOnlyByWhoKnowsIt) {
    Home home;
    home.createAccount();
    EXPECT_EQ(home.wordOf("account.change_password", Json::object(), {"wrong", "an entirely new one"}), "login-failed");
    EXPECT_EQ(home.wordOf("account.change_password", Json::object(), {kPassword, "an entirely new one"}), "ok");
    home.must("logout");
    EXPECT_EQ(home.wordOf("login", {{"email", kEmail}}, {kPassword}), "login-failed");
    EXPECT_EQ(home.wordOf("login", {{"email", kEmail}}, {"an entirely new one"}), "ok");
}

TEST(AccountSettings, AreAcknowledgedSetAndShown) {
    Home home;
    home.createAccount();
    EXPECT_EQ(home.must("account.show")["attributes"]["unsigned_apps"], false);
    const auto set = home.must("account.set", {{"unsigned_apps", true}});
    EXPECT_EQ(set["attributes"]["unsigned_apps"], true);
    EXPECT_EQ(set["attributes"]["keep_unchanged"], false);
    home.must("account.set", {{"unsigned_apps", false}, {"keep_unchanged", true}});
    const auto shown = home.must("account.show")["attributes"];
    EXPECT_EQ(shown["unsigned_apps"], false);
    EXPECT_EQ(shown["keep_unchanged"], true);
    const auto asked = home.client().asked();
    ASSERT_EQ(asked.size(), 2u);
    EXPECT_EQ(asked[0].operation, "set");
    EXPECT_EQ(asked[0].names, std::vector<std::string>{"Unsigned Apps: on"});
    EXPECT_EQ(asked[1].names, (std::vector<std::string>{"Unsigned Apps: off", "Keep version when unchanged: on"}));
}

TEST(AccountSettings, StayAsTheyWereWhenTheAcknowledgementIsDenied) {
    Home home;
    home.createAccount();
    home.client().answer = [] { return Acknowledgement::denied; };
    EXPECT_EQ(home.wordOf("account.set", {{"unsigned_apps", true}}), "second-factor-refused");
    EXPECT_EQ(home.must("account.show")["attributes"]["unsigned_apps"], false);
    EXPECT_EQ(home.wordOf("account.set"), "usage");
    home.must("logout");
    EXPECT_EQ(home.wordOf("account.set", {{"unsigned_apps", true}}), "not-logged-in");
}

TEST(ExportedKeys, SetANewPasswordWhenItIsLost) {
    Home home;
    home.createAccount();
    home.must("logout");
    const Json import{{"file", textOf(home.keysFile())}, {"email", kEmail}};
    EXPECT_EQ(home.wordOf("keys.import", import, {"not the passphrase", "a password made anew"}), "wrong-passphrase");
    EXPECT_EQ(home.wordOf("keys.import", import, {kPassphrase, "a password made anew"}), "ok");
    home.must("logout");
    EXPECT_EQ(home.wordOf("login", {{"email", kEmail}}, {"a password made anew"}), "ok");
}

TEST(Profiles, AreListedAddedRenamedAndDeleted) {
    Home home;
    home.createAccount();
    home.must("profile.add", {{"name", "second"}, {"email", "anna@example.net"}});
    home.must("profile.rename", {{"name", "second"}, {"to", "other"}});
    const auto profiles = home.must("profile.list")["profiles"];
    ASSERT_EQ(profiles.size(), 2u);
    EXPECT_EQ(home.wordOf("profile.delete", {{"name", "second"}}), "not-found");
    EXPECT_EQ(home.wordOf("profile.delete", {{"name", "other"}}), "ok");
    EXPECT_EQ(home.must("profile.list")["profiles"].size(), 1u);
}

TEST(Profiles, StayWhileTheyAreLoggedIn) {
    Home home;
    home.createAccount();
    const auto name = home.must("profile.list")["profiles"][0]["name"];
    EXPECT_EQ(home.wordOf("profile.delete", {{"name", name}}), "refused");
    home.must("logout");
    EXPECT_EQ(home.wordOf("profile.delete", {{"name", name}}), "ok");
}

TEST(Profiles, TakeAServerOnlyWithTheCaThatItIsKnownBy) {
    Home home;
    const std::vector<std::string> servers{"https://kodiac.example.org"};
    EXPECT_EQ(home.wordOf("profile.add", {{"name", "work"}, {"email", kEmail}, {"servers", servers}}), "invalid-input");
    EXPECT_EQ(
        home.wordOf("profile.add", {{"name", "work"}, {"email", kEmail}, {"servers", servers}, {"pins", {"no CA"}}}),
        "invalid-input");
}

} // namespace
} // namespace ssprotect::app::test
