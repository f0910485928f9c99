#include "session_home.h"
#include "ssprotect/session/keys_file.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using namespace std::chrono_literals;

Bytes contentOf(SessionHome& home, const platform::Path& file) {
    auto bytes = platform::readWhole(*home.files, file, 1 << 20);
    EXPECT_TRUE(bytes);
    return bytes ? *bytes : Bytes{};
}

TEST(PasswordChange, MakesTheNewPasswordTheOnlyOne) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().changePassword(viewOf(kPassword), viewOf(kNextPassword))), "ok");
    EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "login-failed");
    home.clock.advance(2min);
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kNextPassword))), "ok");
}

TEST(PasswordChange, NeedsTheCurrentPasswordAndAStrongNewOne) {
    SessionHome home;
    home.createAccount();
    EXPECT_EQ(wordOf(home.manager().changePassword(viewOf("wrong horse battery"), viewOf(kNextPassword))),
              "login-failed");
    EXPECT_EQ(wordOf(home.manager().changePassword(viewOf(kPassword), viewOf("short"))), "weak-password");
    EXPECT_EQ(wordOf(home.manager().changePassword(viewOf(kPassword), viewOf(kPassword))), "weak-password");
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
}

TEST(PasswordChange, TakesNoneOfTheLastPasswords) {
    SessionHome home;
    home.createAccount();
    const std::vector<std::string> passwords{std::string(kPassword), "second password", "third password",
                                             "fourth password"};
    const auto change = [&](std::size_t from, std::size_t to) {
        return wordOf(home.manager().changePassword(viewOf(passwords[from]), viewOf(passwords[to])));
    };
    ASSERT_EQ(change(0, 1), "ok");
    ASSERT_EQ(change(1, 2), "ok");
    EXPECT_EQ(change(2, 0), "weak-password");
    home.crash();
    ASSERT_EQ(wordOf(home.manager().login({}, viewOf(passwords[2]))), "ok");
    EXPECT_EQ(change(2, 1), "weak-password") << "the history lies in the vault";
    ASSERT_EQ(change(2, 3), "ok");
    EXPECT_EQ(change(3, 0), "ok") << "three changes later it may come back";
}

TEST(PasswordChange, LeavesAFileOfExportedKeysGood) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().changePassword(viewOf(kPassword), viewOf(kNextPassword))), "ok");
    ASSERT_EQ(wordOf(home.manager().importKeys(home.keysFile(), {{}, std::string(kEmail)}, viewOf(kPassphrase), viewOf(kPassword))),
              "ok");
}

TEST(KeyExport, NeverReplacesAFile) {
    SessionHome home;
    home.createAccount();
    const Bytes before = contentOf(home, home.keysFile());
    EXPECT_EQ(wordOf(home.manager().exportKeys(home.keysFile(), viewOf(kPassphrase))), "already-exists");
    EXPECT_EQ(contentOf(home, home.keysFile()), before);
}

TEST(KeyExport, NeedsASessionAndAPassphraseThatHolds) {
    SessionHome home;
    EXPECT_EQ(wordOf(home.manager().exportKeys(home.keysFile(), viewOf(kPassphrase))), "not-logged-in");
    home.createAccount();
    EXPECT_EQ(wordOf(home.manager().exportKeys(home.folder / "other.keys", viewOf("1234"))), "weak-password");
    EXPECT_EQ(wordOf(home.files->info(home.folder / "other.keys")), "not-found");
}

TEST(KeyExport, ThatCannotBeWrittenDoesNotOpenTheFirstSession) {
    SessionHome home;
    ASSERT_EQ(wordOf(home.manager().createIndividual(kEmail, viewOf(kPassword))), "ok");
    EXPECT_EQ(wordOf(home.manager().exportKeys(home.folder / "no" / "such" / "folder", viewOf(kPassphrase))),
              "not-found");
    EXPECT_EQ(wordOf(home.manager().require()), "export-keys-first");
}

TEST(KeyImport, SetsANewPasswordOnTheSameHost) {
    SessionHome home;
    const SessionInfo before = home.createAccount();
    home.crash();
    const auto imported =
        home.manager().importKeys(home.keysFile(), {{}, std::string(kEmail)}, viewOf(kPassphrase), viewOf(kNextPassword));
    ASSERT_EQ(wordOf(imported), "ok") << imported.error().message;
    EXPECT_EQ(imported->account, before.account);
    EXPECT_TRUE(imported->keysExported);
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "login-failed");
    home.clock.advance(2min);
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kNextPassword))), "ok");
}

TEST(KeyImport, WorksOnAHostThatNeverSawTheAccount) {
    SessionHome home;
    const SessionInfo before = home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    // The same KODiAC, and a host folder that knows nothing.
    ASSERT_TRUE(home.files->rename(home.layout().hostFolder(), home.folder / "host-of-before"));
    home.crash();
    const auto imported =
        home.manager().importKeys(home.keysFile(), {{}, "Ada@Example.org"}, viewOf(kPassphrase), viewOf(kNextPassword));
    ASSERT_EQ(wordOf(imported), "ok") << imported.error().message;
    EXPECT_EQ(imported->account, before.account);
    EXPECT_NE(imported->host, before.host);
    EXPECT_EQ(wordOf(home.session()->contentKey(before.organization, 1)), "ok");
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kNextPassword))), "ok");
}

TEST(KeyImport, ChangesNothingWhenItIsRefused) {
    SessionHome home;
    home.createAccount();
    ASSERT_EQ(wordOf(home.manager().logout()), "ok");
    const auto import = [&](const platform::Path& file, std::string_view email, std::string_view passphrase,
                            std::string_view password) {
        return wordOf(home.manager().importKeys(file, {{}, std::string(email)}, viewOf(passphrase), viewOf(password)));
    };
    EXPECT_EQ(import(home.keysFile(), kEmail, "not the passphrase", kNextPassword), "wrong-passphrase");
    EXPECT_EQ(import(home.keysFile(), "eve@example.org", kPassphrase, kNextPassword), "refused");
    EXPECT_EQ(import(home.keysFile(), kEmail, kPassphrase, "short"), "weak-password");
    EXPECT_EQ(import(home.folder / "nothing", kEmail, kPassphrase, kNextPassword), "not-found");
    Bytes damaged = contentOf(home, home.keysFile());
    damaged[100] ^= 1;
    ASSERT_TRUE(platform::writeWhole(*home.files, home.folder / "damaged", damaged));
    EXPECT_EQ(import(home.folder / "damaged", kEmail, kPassphrase, kNextPassword), "data-damaged");
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
}

TEST(KeyImport, IsNoUseAtAnotherKodiac) {
    SessionHome home;
    home.createAccount();
    SessionHome other(2);
    other.createAccount();
    EXPECT_EQ(
        wordOf(other.manager().importKeys(home.keysFile(), {{}, std::string(kEmail)}, viewOf(kPassphrase), viewOf(kNextPassword))),
        "refused");
    EXPECT_EQ(wordOf(other.session()->showAccount()), "ok");
}

TEST(TwoHomes, AreTwoPeople) {
    SessionHome ada(1);
    SessionHome eve(2);
    const SessionInfo adasSession = ada.createAccount();
    const SessionInfo evesSession = eve.createAccount();
    EXPECT_NE(adasSession.account, evesSession.account);
    EXPECT_NE(adasSession.organization, evesSession.organization);

    conversion::StoreRequest one{{}, {}, "/tmp/a"};
    const auto begun = ada.session()->begin({&one, 1});
    ASSERT_EQ(wordOf(begun), "ok");
    ASSERT_TRUE(begun->front().ok());
    const conversion::OpenRequest open{begun->front()->identity.bytes(), 0, conversion::Purpose::managed};
    const auto opened = eve.session()->open({&open, 1});
    ASSERT_EQ(wordOf(opened), "ok");
    EXPECT_EQ(wordOf(opened->front()), "not-found");
    EXPECT_EQ(wordOf(eve.session()->contentKey(adasSession.organization, 1)), "foreign-file");
}

} // namespace
} // namespace ssprotect::session
