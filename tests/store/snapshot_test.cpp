#include "shelf.h"

#include <filesystem>

#include <gmock/gmock.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SnapshotTest : public Shelf {
protected:
    platform::Path snapshot() const { return folder_.path() / "copy.db"; }
};

TEST_F(SnapshotTest, HoldsWhatWasCommittedAndOpensAsADatabase) {
    auto database = open();
    ASSERT_TRUE(add(*database, "early").ok());
    ASSERT_TRUE(database->snapshotTo(snapshot()).ok());
    ASSERT_TRUE(add(*database, "late").ok());
    auto copy = Database::openSqlite(snapshot(), *files_, clock_, options());
    ASSERT_TRUE(copy.ok());
    EXPECT_TRUE((*copy)->check().ok());
    EXPECT_THAT(names(**copy), ElementsAre("early"));
}

TEST_F(SnapshotTest, IsForTheOwnerOnly) {
    ASSERT_TRUE(open()->snapshotTo(snapshot()).ok());
    EXPECT_TRUE(files_->info(snapshot())->ownerOnly);
}

TEST_F(SnapshotTest, MayDifferFromTheDatabaseByAScript) {
    auto database = open();
    ASSERT_TRUE(add(*database, "both").ok());
    ASSERT_TRUE(database->snapshotTo(snapshot(), "INSERT INTO boxes (name) VALUES ('copy only')").ok());
    auto copy = Database::openSqlite(snapshot(), *files_, clock_, options());
    ASSERT_TRUE(copy.ok());
    EXPECT_THAT(names(**copy), ElementsAre("both", "copy only"));
    EXPECT_THAT(names(*database), ElementsAre("both"));
}

TEST_F(SnapshotTest, NeverOverwrites) {
    ASSERT_TRUE(platform::writeWhole(*files_, snapshot(), viewOf("mine")).ok());
    EXPECT_EQ(open()->snapshotTo(snapshot()).error().code, ErrorCode::alreadyExists);
    EXPECT_EQ(*platform::readWhole(*files_, snapshot(), 100), copyOf(viewOf("mine")));
}

TEST_F(SnapshotTest, OneThatFailsLeavesNoFile) {
    Options faulty = options();
    faulty.beforeStatement = [](std::string_view sql) -> Status {
        if (sql.starts_with("VACUUM"))
            return makeError(ErrorCode::diskFull, "full");
        return {};
    };
    EXPECT_EQ(open(faulty)->snapshotTo(snapshot()).error().code, ErrorCode::diskFull);
    EXPECT_EQ(files_->info(snapshot()).error().code, ErrorCode::notFound);
}

TEST_F(SnapshotTest, RestoringPutsItInThePlaceOfTheDatabase) {
    auto database = open();
    ASSERT_TRUE(add(*database, "early").ok());
    ASSERT_TRUE(database->snapshotTo(snapshot()).ok());
    ASSERT_TRUE(add(*database, "late").ok());
    database.reset();
    ASSERT_TRUE(restoreSqlite(snapshot(), file(), *files_).ok());
    EXPECT_THAT(names(*open()), ElementsAre("early"));
    EXPECT_TRUE(open()->check().ok());
}

TEST_F(SnapshotTest, ALogLeftByACrashIsNotPlayedIntoTheRestoredDatabase) {
    auto database = open();
    ASSERT_TRUE(add(*database, "early").ok());
    ASSERT_TRUE(database->snapshotTo(snapshot()).ok());
    ASSERT_TRUE(add(*database, "late").ok());
    // The log as a killed process leaves it: copied while the database is open, put back once it is closed.
    const auto log = folder_.path() / "shelf.db-wal";
    const auto main = *platform::readWhole(*files_, file(), 1 << 24);
    const auto logged = *platform::readWhole(*files_, log, 1 << 24);
    database.reset();
    ASSERT_TRUE(platform::writeWhole(*files_, file(), main).ok());
    ASSERT_TRUE(platform::writeWhole(*files_, log, logged).ok());
    ASSERT_TRUE(restoreSqlite(snapshot(), file(), *files_).ok());
    EXPECT_THAT(names(*open()), ElementsAre("early"));
}

TEST_F(SnapshotTest, RestoresOverNothingAndOverADamagedDatabase) {
    auto database = open();
    ASSERT_TRUE(add(*database, "kept").ok());
    ASSERT_TRUE(database->snapshotTo(snapshot()).ok());
    database.reset();
    for (const bool damaged : {false, true}) {
        ASSERT_TRUE(files_->remove(file()).ok());
        if (damaged) {
            ASSERT_TRUE(platform::writeWhole(*files_, file(), Bytes(8192, 'x')).ok());
        }
        ASSERT_TRUE(restoreSqlite(snapshot(), file(), *files_).ok());
        EXPECT_THAT(names(*open()), ElementsAre("kept"));
    }
}

TEST_F(SnapshotTest, ADamagedSnapshotIsRefusedAndChangesNothing) {
    auto database = open();
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(add(*database, std::to_string(i)).ok());
    ASSERT_TRUE(database->snapshotTo(snapshot()).ok());
    database.reset();
    auto bytes = *platform::readWhole(*files_, snapshot(), 1 << 24);
    std::fill(bytes.begin() + 4096, bytes.begin() + 4296, Byte{0xee});
    ASSERT_TRUE(platform::writeWhole(*files_, snapshot(), bytes).ok());
    EXPECT_EQ(restoreSqlite(snapshot(), file(), *files_).error().code, ErrorCode::dataDamaged);
    EXPECT_EQ(names(*open()).size(), 200u);
    EXPECT_EQ(files_->info(folder_.path() / "shelf.db.restored").error().code, ErrorCode::notFound);
}

TEST_F(SnapshotTest, DeletedContentIsNotLeftInTheFile) {
    const Bytes secret(64, 0xa5);
    {
        auto database = open();
        auto status = database->write([&](Transaction& transaction) -> Status {
            transaction.execute("INSERT INTO boxes (name, content) VALUES ('a', $1)", {secret});
            return {};
        });
        ASSERT_TRUE(status.ok());
        status = database->write([](Transaction& transaction) -> Status {
            transaction.execute("DELETE FROM boxes");
            return {};
        });
        ASSERT_TRUE(status.ok());
    } // closing folds the log into the file
    const auto content = *platform::readWhole(*files_, file(), 1 << 24);
    EXPECT_EQ(std::search(content.begin(), content.end(), secret.begin(), secret.end()), content.end());
    EXPECT_THAT(names(*open()), IsEmpty());
}

} // namespace
} // namespace ssprotect::store
