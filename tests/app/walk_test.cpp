#include "home.h"

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

TEST(Walk, ProtectsADocumentWorksOnItAndGetsItBack) {
    Home home;
    home.createAccount();
    const auto document = home.write("offer.txt", "We lend the collection.\n");

    const auto activated = home.convert("activate", {document});
    ASSERT_TRUE(activated) << activated.error().message;
    EXPECT_EQ((*activated)["ok"], 1);
    EXPECT_EQ(home.itemOf(document)["version"], 1);
    EXPECT_EQ(Home::read(document).substr(1, 3), "SSP");
    EXPECT_EQ(Home::read(document).find("collection"), std::string::npos);

    const auto closed =
        home.must("open", {{"path", textOf(document)}, {"program", editor({"append", "For 90 days.\n"})}});
    EXPECT_EQ(closed["version"], 2);
    EXPECT_EQ(closed["changed"], true);
    EXPECT_EQ(closed["conflict"], nullptr);
    EXPECT_EQ(home.client().told("open.launched").size(), 1u);

    const auto versions = home.must("versions", {{"target", textOf(document)}})["versions"];
    ASSERT_EQ(versions.size(), 2u);
    EXPECT_EQ(versions[0]["version"], 2);
    EXPECT_EQ(versions[0]["name"], "offer.txt");

    const auto listed = home.must("hostlist");
    ASSERT_EQ(listed["hostlist"].size(), 1u);
    EXPECT_EQ(listed["hostlist"][0]["version"], 2);
    EXPECT_EQ(listed["hostlist"][0]["ownership"], "own");

    const auto released = home.convert("release", {document});
    ASSERT_TRUE(released) << released.error().message;
    EXPECT_EQ(Home::read(document), "We lend the collection.\nFor 90 days.\n");
    EXPECT_EQ(home.must("hostlist")["total"], 0);
}

TEST(Walk, TellsTheVersionsOfAReleasedFileByItsPathAndByItsId) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {document}));
    const auto id = home.statusOf(document)["file_id"];
    ASSERT_TRUE(home.convert("release", {document}));
    EXPECT_EQ(home.must("versions", {{"target", textOf(document)}})["file_id"], id);
    EXPECT_EQ(home.must("versions", {{"target", id}})["versions"].size(), 1u);
    EXPECT_EQ(home.wordOf("versions", {{"target", textOf(home.write("b.txt", "text"))}}), "not-found");
}

TEST(Walk, WritesEveryOperationIntoTheAuditTrail) {
    Home home;
    home.createAccount();
    ASSERT_TRUE(home.convert("activate", {home.write("a.txt", "text")}));
    const auto rows = home.must("audit", {{"limit", 100}})["audit"];
    const auto commits =
        std::count_if(rows.begin(), rows.end(), [](const Json& row) { return row["operation"] == "file.commit"; });
    EXPECT_GE(commits, 1);
    EXPECT_EQ(home.must("audit", {{"limit", 1}})["audit"].size(), 1u);
}

TEST(Walk, ContinuesTheChainAfterReleaseAndActivate) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {document}));
    const auto id = home.statusOf(document)["file_id"];
    ASSERT_TRUE(home.convert("release", {document}));
    ASSERT_TRUE(home.convert("activate", {document}));
    const auto status = home.statusOf(document);
    EXPECT_EQ(status["file_id"], id);
    EXPECT_EQ(status["version"], 2);
}

TEST(Walk, RestoresABackupIntoTheSameHome) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {document}));
    const auto file = home.documents() / "kodiac.sspbackup";
    EXPECT_EQ(home.must("backup", {{"file", textOf(file)}})["file"], textOf(file));

    const Json restore{{"file", textOf(file)}, {"keys", textOf(home.keysFile())}};
    EXPECT_EQ(home.wordOf("restore_backup", restore, {"not the passphrase"}), "wrong-passphrase");
    const auto restored = home.must("restore_backup", restore, {kPassphrase});
    EXPECT_EQ(restored["email"], kEmail);
    EXPECT_EQ(home.wordOf("hostlist"), "not-logged-in");
    home.must("login", {{"email", kEmail}}, {kPassword});
    ASSERT_TRUE(home.convert("release", {document}));
    EXPECT_EQ(Home::read(document), "text");
}

TEST(Walk, LeavesABackupInTheChosenFolderWhenTheSessionEnds) {
    Home home;
    home.createAccount();
    const auto folder = home.documents() / "backups";
    EXPECT_EQ(home.wordOf("backup.folder", {{"folder", textOf(folder)}}), "not-found");
    std::filesystem::create_directory(folder);
    home.must("backup.folder", {{"folder", textOf(folder)}});
    EXPECT_EQ(home.must("backup.folder")["folder"], textOf(folder));
    home.must("logout");
    EXPECT_FALSE(std::filesystem::is_empty(folder));
    EXPECT_EQ(home.must("backup.folder", {{"folder", nullptr}})["folder"], nullptr);
}

} // namespace
} // namespace ssprotect::app::test
