#include "fake_tray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Json userRow(const std::string& email, const std::string& privilege, bool self = false) {
    return {{"email", email},
            {"state", "validated"},
            {"privilege", privilege},
            {"self", self},
            {"disabled", false},
            {"attributes", {{"rel_protections", true}, {"int_override", false}, {"quota_mb", 100}}},
            {"quota_mb", 100}};
}

Json userList() {
    return {{"users",
             {userRow("ada@example.org", "administrator", true), userRow("dora@example.org", "delegate"),
              userRow("ulf@example.org", "user")}},
            {"organization", "Example Works"},
            {"seats_used", 3},
            {"seats", 5},
            {"quota_mb", 9000},
            {"quota_available_mb", 1000},
            {"rotation_pending", false},
            {"access", "exclusive"}};
}

TEST(Users, AreListedWithTheirPrivilegesAndWhoYouAre) {
    FakeTray tray;
    tray.gives("users.list", userList());
    const auto told = tray.run({"users", "list"});
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_EQ(told.out, "    ACCOUNT           STATE      QUOTA MB  ATTRIBUTES\n"
                        "A*  ada@example.org   validated  100       rel_protections\n"
                        "D   dora@example.org  validated  100       rel_protections\n"
                        "    ulf@example.org   validated  100       rel_protections\n"
                        "\n"
                        "Example Works: 3 of 5 seats used, 1,000 of 9,000 MB of quota left\n"
                        "ACCESS: EXCLUSIVE\n");
    EXPECT_EQ(printed(tray.run({"users", "list", "--json"})), userList());
}

TEST(Users, TheListTellsWhatIsToBeDone) {
    FakeTray tray;
    auto list = userList();
    list["users"][2]["state"] = "provisioned";
    list["users"][2]["mail"] = "failed";
    list["users"][1]["disabled"] = true;
    list["rotation_pending"] = true;
    list["access"] = "read-only";
    tray.gives("users.list", list);
    const auto told = tray.run({"users", "list"});
    EXPECT_THAT(told.out, HasSubstr("provisioned, mail failed"));
    EXPECT_THAT(told.out, HasSubstr("validated, disabled"));
    EXPECT_THAT(told.out, HasSubstr("Rotation pending"));
    EXPECT_THAT(told.out, HasSubstr("ACCESS: READ ONLY"));
}

TEST(Users, ANewOneHasTheAttributesThatWereNamed) {
    FakeTray tray;
    tray.gives("users.new", {{"email", "bob@example.org"}, {"state", "provisioned"}});
    const auto told =
        tray.run({"users", "new", "bob@example.org", "--delegate", "--rel-protections", "off", "--quota", "500"});
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_THAT(told.out, HasSubstr("registration code"));
    EXPECT_EQ(tray.call("users.new").params,
              (Json{{"email", "bob@example.org"},
                    {"attributes", {{"delegate", true}, {"rel_protections", false}, {"quota_mb", 500}}}}));
}

TEST(Users, AnEditNamesOnlyWhatIsToChange) {
    FakeTray tray;
    tray.gives("users.edit", {{"saved", 1}});
    const auto told = tray.run({"users", "edit", "bob@example.org", "--no-2nd-factor", "on", "--double"});
    EXPECT_EQ(told.out, "Saved bob@example.org.\n");
    EXPECT_EQ(tray.call("users.edit").params,
              (Json{{"edits",
                     {{{"email", "bob@example.org"}, {"attributes", {{"no_2nd_factor", true}, {"double", true}}}}}}}));
    EXPECT_EQ(tray.run({"users", "edit", "bob@example.org"}).exitCode, 2) << "nothing to change";
}

TEST(Users, AForcedOutHoldersSaveIsAConflict) {
    FakeTray tray;
    tray.fails("users.edit", ErrorCode::lockLost, "your lock was taken by dora@example.org");
    const auto result = tray.run({"--json", "users", "edit", "bob@example.org", "--quota", "5"});
    EXPECT_EQ(result.exitCode, 7);
    EXPECT_EQ(errorWordOf(result), "lock-lost");
}

TEST(Users, AreValidatedWithTheCodeThatThePersonReadsOut) {
    FakeTray tray;
    tray.gives("users.validate", {{"email", "bob@example.org"}, {"state", "validated"}, {"compared", true}});
    EXPECT_EQ(tray.run({"users", "validate", "bob@example.org", "--code", "AAAA BBBB"}).exitCode, 0);
    EXPECT_EQ(tray.call("users.validate").params, (Json{{"email", "bob@example.org"}, {"code", "AAAA BBBB"}}));
}

TEST(Users, WhoIsValidatedWithoutATerminalOrACodeIsUnverifiedAndThatIsSaid) {
    FakeTray tray;
    tray.gives("users.check", {{"email", "bob@example.org"}, {"comparison_code", "AAAA BBBB"}});
    tray.gives("users.validate", {{"email", "bob@example.org"}, {"state", "validated"}, {"compared", false}});
    const auto told = tray.run({"users", "validate", "bob@example.org"});
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_THAT(told.err, HasSubstr("unverified"));
    EXPECT_EQ(tray.call("users.validate").params, (Json{{"email", "bob@example.org"}}));
}

TEST(Users, EachActIsItsOwnMethodAboutOneAccount) {
    for (const auto& [act, method] : {std::pair{"dismiss", "users.dismiss"},
                                      {"remove", "users.remove"},
                                      {"resend", "users.resend"},
                                      {"sync-2factor", "users.sync_2factor"},
                                      {"reset-password", "users.reset_password"},
                                      {"reset-enh2fa", "users.reset_enh2fa"},
                                      {"transfer-admin", "users.transfer_admin"}}) {
        FakeTray tray;
        const Json who = {{"email", "bob@example.org"}};
        tray.gives(method, who);
        const auto told = tray.run({"users", act, "bob@example.org"});
        EXPECT_EQ(told.exitCode, 0) << act;
        EXPECT_THAT(told.out, HasSubstr("bob@example.org")) << act;
        EXPECT_EQ(tray.call(method).params, who) << act;
        EXPECT_EQ(printed(tray.run({"--json", "users", act, "bob@example.org"})), who) << act;
        EXPECT_EQ(tray.run({"users", act}).exitCode, 2) << "of whom?";
    }
}

TEST(Users, TheLastPrivilegedUserStaysAndTheRefusalIsAnExitOfItsOwn) {
    FakeTray tray;
    tray.fails("users.remove", ErrorCode::lastPrivileged, "nobody would be left to administer the Organization");
    const auto result = tray.run({"--json", "users", "remove", "ada@example.org"});
    EXPECT_EQ(result.exitCode, 4);
    EXPECT_EQ(errorWordOf(result), "last-privileged");
}

Json importOf(bool saved, const Json& rows, std::size_t errors) {
    return {{"rows", rows}, {"changed", rows.size() - errors}, {"errors", errors}, {"saved", saved}};
}

TEST(Users, AnImportShowsEachRowAndWhetherItWasSaved) {
    FakeTray tray;
    const Json rows = {{{"row", 2}, {"email", "bob@example.org"}, {"change", "new"}},
                       {{"row", 3}, {"email", "ulf@example.org"}, {"change", "AcctQuota 5 MB"}}};
    tray.gives("users.import", importOf(false, rows, 0));
    const auto tried = tray.run({"users", "import", "people.csv", "--dry-run"}, {}, someFolder());
    EXPECT_EQ(tried.exitCode, 0);
    EXPECT_THAT(tried.out, HasSubstr("2 accounts would be changed; nothing was."));
    EXPECT_EQ(tray.call("users.import").params, (Json{{"file", inSomeFolder("people.csv")}, {"dry_run", true}}));
    tray.gives("users.import", importOf(true, rows, 0));
    EXPECT_THAT(tray.run({"users", "import", "people.csv"}).out, HasSubstr("2 accounts changed."));
}

TEST(Users, AnImportWithRowsThatCannotBeTakenSavesNothingAndFails) {
    FakeTray tray;
    const Json rows = {{{"row", 2}, {"email", "bob@example.org"}, {"change", "new"}},
                       {{"row", 3}, {"email", "nobody"}, {"change", "new"}, {"error", "that is no e-mail address"}}};
    tray.gives("users.import", importOf(false, rows, 1));
    const auto told = tray.run({"users", "import", "people.csv"});
    EXPECT_EQ(told.exitCode, 1);
    EXPECT_THAT(told.out, HasSubstr("3    nobody           ! that is no e-mail address"));
    EXPECT_THAT(told.out, Not(HasSubstr(" changed.")));
}

TEST(Users, AnExportSaysWhereItWentAndHowManyTheyAre) {
    FakeTray tray;
    tray.gives("users.export", {{"file", "/people.csv"}, {"users", 3}});
    EXPECT_THAT(tray.run({"users", "export", "people.csv"}, {}, someFolder()).out, HasSubstr("3 accounts written"));
    EXPECT_EQ(tray.call("users.export").params, (Json{{"file", inSomeFolder("people.csv")}}));
}

} // namespace
} // namespace ssprotect::cli
