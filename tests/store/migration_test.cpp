#include "shelf.h"

#include <gmock/gmock.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::array kGrown{
    kShelfMigrations[0],
    Migration{2, "ALTER TABLE boxes ADD COLUMN colour TEXT"},
    Migration{3, "CREATE TABLE rooms (name TEXT PRIMARY KEY); INSERT INTO rooms (name) VALUES ('attic')"},
};
constexpr std::array kGrownWrongly{
    kShelfMigrations[0],
    Migration{2, "ALTER TABLE boxes ADD COLUMN colour TEXT; INSERT INTO no_such_table VALUES (1)"},
};

class MigrationTest : public EveryShelf {};
INSTANTIATE_TEST_SUITE_P(Store, MigrationTest, testing::Values(Kind::sqlite, Kind::postgres), kindName);

class MigrationCopyTest : public Shelf {
protected:
    platform::Path copyOfSchema1() const { return folder_.path() / "shelf.db.schema-1"; }
};

TEST_P(MigrationTest, BringsAnOlderSchemaUpAndKeepsWhatWasThere) {
    ASSERT_TRUE(add(*open(), "old").ok());
    auto database = open(with(kGrown));
    EXPECT_THAT(names(*database), ElementsAre("old"));
    auto status = database->write([](Transaction& transaction) -> Status {
        EXPECT_EQ(transaction.execute("UPDATE boxes SET colour = 'red'"), 1);
        EXPECT_EQ(transaction.one("SELECT name FROM rooms")->get<std::string>(0), "attic");
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_F(MigrationCopyTest, LeavesACopyOfTheOlderSchemaThatOpens) {
    ASSERT_TRUE(add(*open(), "old").ok());
    open(with(kGrown));
    auto copy = Database::openSqlite(copyOfSchema1(), *files_, clock_, options());
    ASSERT_TRUE(copy.ok());
    EXPECT_THAT(names(**copy), ElementsAre("old"));
}

TEST_F(MigrationCopyTest, MakesNoCopyOfANewOrAnUpToDateDatabase) {
    open(with(kGrown));
    open(with(kGrown));
    EXPECT_EQ(files_->info(copyOfSchema1()).error().code, ErrorCode::notFound);
}

TEST_P(MigrationTest, OneThatFailsChangesNothingAndMayBeTriedAgain) {
    ASSERT_TRUE(add(*open(), "old").ok());
    EXPECT_FALSE(tryOpen(with(kGrownWrongly)).ok());
    EXPECT_FALSE(tryOpen(with(kGrownWrongly)).ok());
    EXPECT_THAT(names(*open()), ElementsAre("old"));
    EXPECT_THAT(names(*open(with(kGrown))), ElementsAre("old"));
}

TEST_P(MigrationTest, FailingAnyStatementOfOneChangesNothing) {
    ASSERT_TRUE(add(*open(), "old").ok());
    int failures = 0;
    for (int n = 1;; ++n) {
        int countdown = n;
        Options faulty = with(kGrown);
        faulty.beforeStatement = [&](std::string_view) -> Status {
            if (--countdown == 0)
                return makeError(ErrorCode::diskFull, "full");
            return {};
        };
        const bool opened = tryOpen(faulty).ok();
        if (opened)
            break;
        ++failures;
        EXPECT_THAT(names(*open()), ElementsAre("old")) << n;
    }
    EXPECT_GE(failures, 10);
    EXPECT_THAT(names(*open(with(kGrown))), ElementsAre("old"));
}

TEST_P(MigrationTest, ANewerSchemaIsRefusedPolitelyAndLeftAlone) {
    ASSERT_TRUE(add(*open(with(kGrown)), "new").ok());
    const auto refused = tryOpen(options());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
    EXPECT_THAT(refused.error().message, HasSubstr("newer version of SSProtect"));
    EXPECT_THAT(names(*open(with(kGrown))), ElementsAre("new"));
}

TEST_P(MigrationTest, TheDatabaseOfSomethingElseIsRefused) {
    open();
    EXPECT_EQ(tryOpen(with(kShelfMigrations, "cellar")).error().code, ErrorCode::refused);
}

} // namespace
} // namespace ssprotect::store
