#include "session_home.h"
#include "ssprotect/session/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using namespace std::chrono_literals;

class BackupTest : public ::testing::Test {
protected:
    BackupTest() : info(home.createAccount()) {}

    std::string_view backUp(const platform::Path& to) {
        Backups backups(home.database(), home.environment(), home.kodiac());
        return wordOf(backups.write(*home.session(), to));
    }
    Result<RestoredBackup> restore(SessionHome& to, const platform::Path& from,
                                   std::string_view passphrase = kPassphrase) {
        to.closeKodiac();
        auto restored = restoreBackup(to.database(), to.environment(), from, home.keysFile(), viewOf(passphrase),
                                      to.settings().limits);
        to.openKodiac();
        return restored;
    }
    FileId protectSomething() {
        const conversion::StoreRequest item{{}, {}, "/home/ada/plan.odt"};
        auto begun = home.session()->begin({&item, 1});
        EXPECT_EQ(wordOf(begun), "ok");
        identity = begun->front()->identity;
        share = begun->front()->share.clone();
        const conversion::CommitRequest commit{identity.file, 1, 1, {}, item.path};
        EXPECT_EQ(wordOf(home.session()->commit({&commit, 1}, {})), "ok");
        return identity.file;
    }
    Result<conversion::OpenedVersion> openIt(SessionHome& at) {
        const conversion::OpenRequest item{identity.bytes(), 0, conversion::Purpose::managed};
        auto opened = at.session()->open({&item, 1});
        if (!opened)
            return std::move(opened).error();
        return std::move(opened->front());
    }

    SessionHome home;
    const SessionInfo info;
    const platform::Path file = home.folder / "kodiac.sspbackup";
    container::Identity identity;
    crypto::SecretBytes share;
};

TEST_F(BackupTest, BringsKodiacBackOnAnEmptyHome) {
    protectSomething();
    ASSERT_EQ(backUp(file), "ok");
    SessionHome empty(2);
    const auto restored = restore(empty, file);
    ASSERT_EQ(wordOf(restored), "ok") << restored.error().message;
    EXPECT_EQ(restored->email, kEmail);
    EXPECT_EQ(restored->created, home.clock.now());

    const auto login = empty.manager().login({}, viewOf(kPassword));
    ASSERT_EQ(wordOf(login), "ok") << login.error().message;
    EXPECT_EQ(login->account, info.account);
    EXPECT_NE(login->host, info.host) << "this host is enrolled anew";
    const auto opened = openIt(empty);
    ASSERT_EQ(wordOf(opened), "ok");
    EXPECT_TRUE(crypto::equalSecrets(opened->share, share));
}

TEST_F(BackupTest, GoesBackOnTheSameHomeAndKeepsWhatWasThere) {
    ASSERT_EQ(backUp(file), "ok");
    ASSERT_EQ(wordOf(home.manager().changePassword(viewOf(kPassword), viewOf(kNextPassword))), "ok");
    ASSERT_TRUE(home.manager().logout());
    const auto restored = restore(home, file);
    ASSERT_EQ(wordOf(restored), "ok") << restored.error().message;
    ASSERT_TRUE(restored->keptAside);
    EXPECT_THAT(restored->keptAside->filename().string(), ::testing::StartsWith("kodiac.before-restore-2026"));
    EXPECT_TRUE(home.files->info(*restored->keptAside / "kodiac.db"));

    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kNextPassword))), "login-failed");
    home.clock.advance(2min);
    const auto login = home.manager().login({}, viewOf(kPassword));
    EXPECT_EQ(wordOf(login), "ok") << (login ? "" : login.error().message);
    EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
    // And again, as the second factor is proven now.
    home.crash();
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
}

TEST_F(BackupTest, NewStoresTakeANewShareEpochAfterARestore) {
    protectSomething();
    ASSERT_EQ(backUp(file), "ok");
    ASSERT_TRUE(home.manager().logout());
    ASSERT_EQ(wordOf(restore(home, file)), "ok");
    ASSERT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
    const auto before = identity.shareEpoch;
    protectSomething();
    EXPECT_GT(identity.shareEpoch, before);
}

TEST_F(BackupTest, ChangesNothingWhenItIsRefused) {
    ASSERT_EQ(backUp(file), "ok");
    SessionHome other(2);
    other.createAccount("eve@example.org");
    const auto stillWorks = [&] { return wordOf(other.session()->showAccount()); };

    EXPECT_EQ(wordOf(restore(other, file, "not the passphrase")), "wrong-passphrase");
    EXPECT_EQ(stillWorks(), "ok");
    EXPECT_EQ(wordOf(restore(other, home.folder / "nothing")), "not-found");
    EXPECT_EQ(stillWorks(), "ok");
    EXPECT_EQ(wordOf(restore(other, home.keysFile())), "data-damaged");
    EXPECT_EQ(stillWorks(), "ok");

    other.closeKodiac();
    const auto foreign = restoreBackup(other.database(), other.environment(), file, other.keysFile(),
                                       viewOf(kPassphrase), other.settings().limits);
    EXPECT_EQ(wordOf(foreign), "refused");
    other.openKodiac();
    EXPECT_EQ(stillWorks(), "ok");
}

TEST_F(BackupTest, DamagedAnywhereIsRefused) {
    ASSERT_EQ(backUp(file), "ok");
    const Bytes whole = *platform::readWhole(*home.files, file, 16 << 20);
    SessionHome empty(2);
    const platform::Path damagedFile = empty.folder / "damaged";
    const auto restoring = [&](ByteView bytes) {
        EXPECT_TRUE(platform::writeWhole(*empty.files, damagedFile, bytes));
        empty.closeKodiac();
        return wordOf(restoreBackup(empty.database(), empty.environment(), damagedFile, home.keysFile(),
                                    viewOf(kPassphrase), empty.settings().limits));
    };
    for (std::size_t at = 0; at < 256 + 16; ++at) {
        Bytes damaged = whole;
        damaged[at] ^= 1;
        const auto word = restoring(damaged);
        EXPECT_EQ(word, at >= 16 && at < 48 ? "refused" : "data-damaged") << "byte " << at;
    }
    for (std::size_t at = 256 + 16; at < whole.size(); at += whole.size() / 40) {
        Bytes damaged = whole;
        damaged[at] ^= 1;
        EXPECT_EQ(restoring(damaged), "data-damaged") << "byte " << at;
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{100}, std::size_t{200}, std::size_t{255},
                                   std::size_t{256}, std::size_t{256 + 16400}, whole.size() - 1})
        EXPECT_EQ(restoring(ByteView(whole).first(size)), "data-damaged") << size << " bytes";
    Bytes longer = whole;
    longer.push_back(0);
    EXPECT_EQ(restoring(longer), "data-damaged");
    EXPECT_EQ(restoring(whole), "ok");
    empty.openKodiac();
    EXPECT_EQ(wordOf(empty.manager().login({}, viewOf(kPassword))), "ok");
}

TEST_F(BackupTest, HoldsNothingThatCanBeReadWithoutTheKeys) {
    ASSERT_EQ(backUp(file), "ok");
    const Bytes bytes = *platform::readWhole(*home.files, file, 16 << 20);
    for (const std::string_view part : {kEmail, std::string_view("SQLite format"), std::string_view("kodiac.db")})
        EXPECT_EQ(std::search(bytes.begin(), bytes.end(), part.begin(), part.end()), bytes.end()) << part;
    EXPECT_EQ(wordOf(home.files->info(home.layout().hostFolder() / "backup-staging")), "not-found");
}

TEST_F(BackupTest, IsFinishedAfterACrashBetweenItsTwoRenames) {
    ASSERT_EQ(backUp(file), "ok");
    ASSERT_TRUE(home.manager().logout());
    home.closeKodiac();
    ASSERT_EQ(wordOf(restoreBackup(home.database(), home.environment(), file, home.keysFile(), viewOf(kPassphrase),
                                   home.settings().limits)),
              "ok");
    // As if the power had gone after the old folder was moved aside.
    ASSERT_TRUE(home.files->rename(home.layout().kodiacFolder(), home.layout().home / "kodiac.restored"));
    home.openKodiac();
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
    EXPECT_EQ(wordOf(home.files->info(home.layout().home / "kodiac.restored")), "not-found");
}

TEST_F(BackupTest, HalfUnpackedIsTakenAwayAtTheNextStart) {
    ASSERT_TRUE(home.files->createDirectories(home.layout().home / "kodiac.restoring"));
    ASSERT_TRUE(platform::writeWhole(*home.files, home.layout().home / "kodiac.restoring" / "kodiac.db", viewOf("x")));
    home.crash();
    EXPECT_EQ(wordOf(home.files->info(home.layout().home / "kodiac.restoring")), "not-found");
    EXPECT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
}

TEST_F(BackupTest, IsMadeAfterEverySessionIntoTheChosenFolder) {
    Backups backups(home.database(), home.environment(), home.kodiac());
    home.manager().addListener(backups);
    const platform::Path chosen = home.folder / "backups";
    EXPECT_EQ(wordOf(backups.setFolder(chosen)), "not-found");
    EXPECT_EQ(wordOf(backups.setFolder(home.keysFile())), "invalid-input");
    ASSERT_TRUE(home.files->createDirectories(chosen));
    ASSERT_TRUE(backups.setFolder(chosen));
    EXPECT_EQ(*backups.folder(), chosen);

    for (int session = 0; session < 10; ++session) {
        ASSERT_TRUE(home.manager().logout());
        home.clock.advance(1h);
        ASSERT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
    }
    const auto made = home.files->list(chosen);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->size(), 7u);
    home.manager().removeListener(backups);

    SessionHome empty(2);
    EXPECT_EQ(wordOf(restore(empty, chosen / made->back().name)), "ok");
    ASSERT_TRUE(backups.setFolder(std::nullopt));
    EXPECT_FALSE(*backups.folder());
}

TEST_F(BackupTest, TellsItsAge) {
    Backups backups(home.database(), home.environment(), home.kodiac());
    EXPECT_FALSE(backups.age()->last);
    EXPECT_TRUE(backups.age()->stale);
    ASSERT_EQ(backUp(file), "ok");
    EXPECT_EQ(backups.age()->last, home.clock.now());
    home.clock.advance(24h * 7);
    EXPECT_FALSE(backups.age()->stale);
    home.clock.advance(1s);
    EXPECT_TRUE(backups.age()->stale);
}

TEST_F(BackupTest, ReplacesAnOlderOneInOneStep) {
    ASSERT_EQ(backUp(file), "ok");
    ASSERT_EQ(backUp(file), "ok");
    SessionHome empty(2);
    EXPECT_EQ(wordOf(restore(empty, file)), "ok");
    EXPECT_EQ(backUp(home.folder / "no folder" / "x"), "not-found");
}

TEST(BackupOfAFirstSession, WaitsForTheKeysToBeExported) {
    SessionHome home;
    ASSERT_TRUE(home.manager().createIndividual(kEmail, viewOf(kPassword)));
    Backups backups(home.database(), home.environment(), home.kodiac());
    EXPECT_EQ(wordOf(backups.write(*home.session(), home.folder / "b")), "export-keys-first");
}

TEST(EmbeddedKodiacTest, IsNotOpenedWithoutItsMasterKey) {
    SessionHome home;
    home.createAccount();
    home.closeKodiac();
    ASSERT_TRUE(home.files->remove(home.layout().kodiacFolder() / "master.key"));
    const auto opened = EmbeddedKodiac::open(home.environment(), home.layout(), home.settings().newPassword);
    EXPECT_EQ(wordOf(opened), "data-damaged");
    EXPECT_EQ(wordOf(home.files->info(home.layout().kodiacFolder() / "master.key")), "not-found");
}

} // namespace
} // namespace ssprotect::session
