#include "session_home.h"
#include "ssprotect/session/host_list.h"
#include "ssprotect/session/profiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

Profile named(std::string name, std::string email) { return {std::move(name), std::move(email), {}, {}, {}, false}; }

TEST(Profiles, AreListedByName) {
    SessionHome home;
    Profiles profiles(home.database());
    ASSERT_TRUE(profiles.add(named("work", "ada@example.org")));
    ASSERT_TRUE(profiles.add(named("Home", "ada@example.net")));
    const auto list = profiles.list();
    ASSERT_TRUE(list);
    ASSERT_EQ(list->size(), 2u);
    EXPECT_EQ((*list)[0].name, "Home");
    EXPECT_EQ((*list)[1].email, "ada@example.org");
    EXPECT_FALSE((*list)[1].account);
}

TEST(Profiles, MatchNamesAndEmailsWhateverTheCase) {
    SessionHome home;
    Profiles profiles(home.database());
    ASSERT_TRUE(profiles.add(named("Work", "ada@example.org")));
    EXPECT_EQ(profiles.byName("wORK")->email, "ada@example.org");
    EXPECT_EQ((*profiles.byEmail("ADA@EXAMPLE.ORG"))->name, "Work");
    EXPECT_EQ(wordOf(profiles.add(named("WORK", "eve@example.org"))), "already-exists");
    EXPECT_EQ(wordOf(profiles.add(named("other", "Ada@example.org"))), "already-exists");
}

TEST(Profiles, RefuseNamesAndEmailsThatCannotBe) {
    SessionHome home;
    Profiles profiles(home.database());
    EXPECT_EQ(wordOf(profiles.add(named("", "ada@example.org"))), "invalid-input");
    EXPECT_EQ(wordOf(profiles.add(named("a\nb", "ada@example.org"))), "invalid-input");
    EXPECT_EQ(wordOf(profiles.add(named("work", "ada"))), "invalid-input");
    EXPECT_EQ(wordOf(profiles.add(named("work", "ada@example.org\r\nBcc: eve"))), "invalid-input");
    EXPECT_TRUE(profiles.list()->empty());
}

TEST(Profiles, AreRenamed) {
    SessionHome home;
    home.createAccount();
    Profiles profiles(home.database());
    ASSERT_TRUE(profiles.add(named("other", "eve@example.org")));
    EXPECT_EQ(wordOf(profiles.rename(kEmail, "Other")), "already-exists");
    ASSERT_TRUE(profiles.rename(kEmail, "work"));
    ASSERT_TRUE(profiles.rename("work", "Work"));
    EXPECT_EQ(wordOf(profiles.byName(kEmail)), "not-found");
    EXPECT_TRUE(profiles.byName("work")->current);
    EXPECT_EQ(wordOf(profiles.rename("nobody", "x")), "not-found");
    ASSERT_TRUE(home.manager().logout());
    EXPECT_EQ(home.manager().login({"work", {}}, viewOf(kPassword))->profile, "Work");
}

TEST(Profiles, FollowTheLastLogin) {
    SessionHome home;
    home.createAccount();
    ASSERT_TRUE(home.manager().logout());
    ASSERT_TRUE(home.manager().createIndividual("eve@example.org", viewOf(kNextPassword)));
    Profiles profiles(home.database());
    EXPECT_EQ(profiles.current()->email, "eve@example.org");
    ASSERT_TRUE(home.manager().login({std::string(kEmail), {}}, viewOf(kPassword)));
    EXPECT_EQ(profiles.current()->email, kEmail);
    EXPECT_EQ(profiles.current()->account, home.session()->account());
}

TEST(Profiles, TakeHostDataAlongWhenTheyGoAndNothingElse) {
    SessionHome home;
    const SessionInfo info = home.createAccount();
    HostList list(home.database(), home.environment(), info.account);
    container::Identity identity;
    identity.file = FileId({1});
    identity.version = 1;
    identity.owner = info.account;
    const vchain::StoredRecord row{"/home/ada/a", identity, 1};
    ASSERT_TRUE(list.recordStored({&row, 1}));
    ASSERT_TRUE(home.manager().logout());

    Profiles profiles(home.database());
    ASSERT_TRUE(profiles.remove(kEmail));
    EXPECT_TRUE(profiles.list()->empty());
    EXPECT_EQ(list.list({})->total, 0u);
    EXPECT_EQ(*list.lastSeen("/home/ada/a", FileId({1})), 0u);
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "not-found");
    EXPECT_EQ(wordOf(home.manager().login({{}, std::string(kEmail)}, viewOf(kPassword))), "ok");
}

TEST(HostDatabase, KeepsSettings) {
    SessionHome home;
    EXPECT_FALSE(*home.database().setting("colour"));
    ASSERT_TRUE(home.database().setSetting("colour", "red"));
    ASSERT_TRUE(home.database().setSetting("colour", "blue"));
    home.crash();
    EXPECT_EQ(*home.database().setting("colour"), "blue");
    ASSERT_TRUE(home.database().setSetting("colour", std::nullopt));
    EXPECT_FALSE(*home.database().setting("colour"));
}

} // namespace
} // namespace ssprotect::session
