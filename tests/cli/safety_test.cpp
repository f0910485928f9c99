#include "fake_tray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Safety, KeysAreExportedUnderAPassphraseThatIsAskedTwice) {
    FakeTray tray;
    tray.gives("keys.export", {{"file", "/safe/my.keys"}});
    const auto told = tray.run({"keys", "export", "my.keys", "--password-stdin"}, "phrase\nphrase\n", someFolder());
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_THAT(told.out, HasSubstr("/safe/my.keys"));
    EXPECT_EQ(tray.call("keys.export").params, (Json{{"file", inSomeFolder("my.keys")}}));
    EXPECT_THAT(tray.call("keys.export").secrets, ElementsAre("phrase"));
}

TEST(Safety, KeysAreImportedWithThePassphraseAndANewPassword) {
    FakeTray tray;
    const Json session = {{"account", "anna@example.org"}, {"keys_exported", true}};
    tray.gives("keys.import", session);
    const auto result = tray.run({"--json", "--password-stdin", "keys", "import", "/k", "--email", "anna@example.org"},
                                 "phrase\nnew\nnew\n");
    EXPECT_EQ(printed(result), session);
    EXPECT_EQ(tray.call("keys.import").params, (Json{{"file", local("/k")}, {"email", "anna@example.org"}}));
    EXPECT_THAT(tray.call("keys.import").secrets, ElementsAre("phrase", "new"));
}

TEST(Safety, AWrongPassphraseIsRefused) {
    FakeTray tray;
    tray.fails("keys.import", ErrorCode::wrongPassphrase, "the passphrase is wrong");
    const auto result =
        tray.run({"--json", "--password-stdin", "keys", "import", "/k", "--email", "a@example.org"}, "x\nn\nn\n");
    EXPECT_EQ(result.exitCode, 4);
    EXPECT_EQ(errorWordOf(result), "wrong-passphrase");
}

TEST(Safety, BackupsAreMadeNowOrAfterEverySession) {
    FakeTray tray;
    tray.gives("backup", {{"file", "/b"}, {"created", "2026-01-31T08:15:00.000Z"}});
    EXPECT_EQ(tray.run({"backup", "b"}, {}, someFolder()).exitCode, 0);
    EXPECT_EQ(tray.call("backup").params, (Json{{"file", inSomeFolder("b")}}));

    tray.gives("backup.folder", {{"folder", inSomeFolder("backups")}});
    EXPECT_THAT(tray.run({"backup", "--folder", "backups"}, {}, someFolder()).out, HasSubstr("backups"));
    EXPECT_EQ(tray.call("backup.folder").params, (Json{{"folder", inSomeFolder("backups")}}));

    tray.gives("backup.folder", {{"folder", nullptr}});
    EXPECT_THAT(tray.run({"backup", "--no-folder"}).out, HasSubstr("No automatic backup"));
    EXPECT_EQ(tray.calls().back().params, (Json{{"folder", nullptr}}));
}

TEST(Safety, ABackupIsRestoredWithTheExportedKeys) {
    FakeTray tray;
    tray.gives("restore_backup", {{"restored", true},
                                  {"email", "anna@example.org"},
                                  {"created", "2026-01-31T08:15:00.000Z"},
                                  {"kept_aside", "/home/aside"}});
    const auto told = tray.run({"restore-backup", "b", "--keys", "k", "--password-stdin"}, "phrase\n", someFolder());
    EXPECT_EQ(told.exitCode, 0);
    EXPECT_THAT(told.out, HasSubstr("/home/aside"));
    EXPECT_EQ(tray.call("restore_backup").params, (Json{{"file", inSomeFolder("b")}, {"keys", inSomeFolder("k")}}));
    EXPECT_THAT(tray.call("restore_backup").secrets, ElementsAre("phrase"));
}

TEST(Safety, DoctorFailsWhileSomethingIsWrong) {
    FakeTray tray;
    const Json healthy = {{"ok", true}, {"findings", Json::array()}};
    tray.gives("doctor", healthy);
    EXPECT_EQ(tray.run({"doctor"}).exitCode, 0);
    EXPECT_EQ(printed(tray.run({"doctor", "--json"})), healthy);
    const Json ill = {
        {"ok", false},
        {"findings",
         {{{"severity", "warning"}, {"code", "backup-old"}, {"message", "there is no backup"}, {"repaired", false}},
          {{"severity", "error"}, {"code", "left"}, {"message", "plaintext"}, {"repaired", true}}}}};
    tray.gives("doctor", ill);
    const auto told = tray.run({"doctor", "--repair"});
    EXPECT_EQ(told.exitCode, 1);
    EXPECT_EQ(told.out, "warning: there is no backup\nerror: plaintext (mended)\nSomething is left to do.\n");
    EXPECT_EQ(tray.calls().back().params, (Json{{"repair", true}}));
    const auto result = tray.run({"doctor", "--json"});
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_EQ(printed(result), ill);
}

TEST(Safety, QuitWaitsForOpenDocumentsOrProtectsThem) {
    FakeTray tray;
    tray.gives("quit", {{"opened", 0}});
    EXPECT_EQ(tray.run({"quit"}).out, "The tray process ends.\n");
    EXPECT_EQ(tray.call("quit").params, (Json{{"open_files", "wait"}}));
    tray.gives("quit", {{"opened", 2}});
    EXPECT_EQ(tray.run({"quit"}).out, "The tray process waits until 2 documents are closed, and ends.\n");
    EXPECT_EQ(tray.run({"quit", "--protect"}).out, "The tray process protects 2 documents and ends.\n");
    EXPECT_EQ(tray.calls().back().params, (Json{{"open_files", "protect"}}));
}

} // namespace
} // namespace ssprotect::cli
