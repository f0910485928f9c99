#include "shelf.h"

#include <gmock/gmock.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::array kSeeded{
    kShelfMigrations[0],
    Migration{2, "CREATE TABLE rooms (name TEXT PRIMARY KEY, within TEXT REFERENCES rooms(name));"
                 "INSERT INTO rooms (name, within) VALUES ('house', NULL)"},
};

/// From a file into the kind at hand, and back again.
class TransferTest : public EveryShelf {
protected:
    std::unique_ptr<Database> openOther(Options options) {
        auto database =
            Database::openSqlite(folder_.path() / ("other" + std::to_string(++others_)), *files_, clock_, options);
        EXPECT_TRUE(database.ok());
        return std::move(*database);
    }
    std::unique_ptr<Database> openOther() { return openOther(options()); }

    static void fill(Database& database, int rows) {
        auto status = database.write([&](Transaction& transaction) -> Status {
            for (int i = 0; i < rows; ++i) {
                const std::string name = "box " + std::to_string(i);
                transaction.post("INSERT INTO boxes (name, content, weight) VALUES ($1, $2, $3)",
                                 {name, i % 3 == 0 ? Value(nullptr) : Value(name.empty() ? ByteView() : viewOf(name)),
                                  i % 2 == 0 ? Value(nullptr) : Value(-i)});
                transaction.post("INSERT INTO labels (box, text) VALUES ($1, 'grüße')", {i + 1});
            }
            return {};
        });
        EXPECT_TRUE(status.ok());
    }
    static std::vector<std::string> allOf(Database& database) {
        auto rows = database.read([](Transaction& transaction) -> Result<std::vector<std::string>> {
            std::vector<std::string> all;
            for (const auto& row : transaction.all("SELECT b.id, b.name, b.content, b.weight, l.text FROM boxes b "
                                                   "LEFT JOIN labels l ON l.box = b.id ORDER BY b.id"))
                all.push_back(std::to_string(row.get<int>(0)) + row.get<std::string>(1) +
                              std::string(textOf(row.get<std::optional<Bytes>>(2).value_or(Bytes{'-'}))) +
                              std::to_string(row.get<std::optional<int>>(3).value_or(99)) +
                              row.get<std::optional<std::string>>(4).value_or("none"));
            return all;
        });
        EXPECT_TRUE(rows.ok());
        return rows ? *rows : std::vector<std::string>{};
    }

    int others_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Store, TransferTest, testing::Values(Kind::sqlite, Kind::postgres), kindName);

TEST_P(TransferTest, BringsEveryRowThereAndBack) {
    const auto origin = openOther();
    fill(*origin, 1200);
    const auto middle = open();
    ASSERT_TRUE(transfer(*origin, *middle).ok());
    const auto back = openOther();
    ASSERT_TRUE(transfer(*middle, *back).ok());
    EXPECT_THAT(allOf(*middle), SizeIs(1200));
    EXPECT_EQ(allOf(*middle), allOf(*origin));
    EXPECT_EQ(allOf(*back), allOf(*origin));
    EXPECT_TRUE(middle->check().ok());
    EXPECT_TRUE(back->check().ok());
}

TEST_P(TransferTest, NewRowsAreNumberedAfterThoseThatCame) {
    const auto origin = openOther();
    fill(*origin, 5);
    const auto target = open();
    ASSERT_TRUE(transfer(*origin, *target).ok());
    auto status = target->write([](Transaction& transaction) -> Status {
        EXPECT_EQ(transaction.one("INSERT INTO boxes (name) VALUES ('next') RETURNING id")->get<int>(0), 6);
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(TransferTest, AnEmptyDatabaseIsNumberedFromOne) {
    const auto target = open();
    ASSERT_TRUE(transfer(*openOther(), *target).ok());
    auto status = target->write([](Transaction& transaction) -> Status {
        EXPECT_EQ(transaction.one("INSERT INTO boxes (name) VALUES ('first') RETURNING id")->get<int>(0), 1);
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(TransferTest, OnlyAnEmptyDatabaseIsCopiedInto) {
    const auto origin = openOther();
    fill(*origin, 3);
    const auto target = open();
    ASSERT_TRUE(add(*target, "mine").ok());
    const auto status = transfer(*origin, *target);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::refused);
    EXPECT_THAT(status.error().message, HasSubstr("empty"));
    EXPECT_THAT(names(*target), ElementsAre("mine"));
}

TEST_P(TransferTest, WhatMigrationsPutThereIsNoContentAndRowsMayComeBeforeThoseTheyReferTo) {
    const auto origin = openOther(with(kSeeded));
    auto status = origin->write([](Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO rooms (name, within) VALUES ('attic', 'house')");
        transaction.execute("INSERT INTO rooms (name, within) VALUES ('new house', NULL)");
        transaction.execute("UPDATE rooms SET within = 'new house' WHERE name = 'attic'");
        transaction.execute("DELETE FROM rooms WHERE name = 'house'");
        return {};
    });
    ASSERT_TRUE(status.ok());
    const auto target = open(with(kSeeded));
    ASSERT_TRUE(transfer(*origin, *target).ok());
    status = target->write([](Transaction& transaction) -> Status {
        std::vector<std::string> rooms;
        for (const auto& row : transaction.all("SELECT name FROM rooms ORDER BY name"))
            rooms.push_back(row.get<std::string>(0));
        EXPECT_THAT(rooms, ElementsAre("attic", "new house"));
        return {};
    });
    EXPECT_TRUE(status.ok());
    // The references hold again, at once.
    status = target->write([](Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO rooms (name, within) VALUES ('cellar', 'nowhere')");
        EXPECT_FALSE(transaction.one("SELECT 1").has_value());
        return {};
    });
    EXPECT_FALSE(status.ok());
}

TEST_P(TransferTest, DifferentSchemasAreRefused) {
    const auto origin = openOther(with(kSeeded));
    const auto target = open();
    const auto status = transfer(*origin, *target);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::refused);
}

TEST_P(TransferTest, FailingAnyStatementLeavesTheTargetEmptyAndItMayBeTriedAgain) {
    const auto origin = openOther();
    fill(*origin, 2);
    int countdown = 0;
    Options faulty = options();
    faulty.beforeStatement = [&](std::string_view) -> Status {
        if (countdown > 0 && --countdown == 0)
            return makeError(ErrorCode::diskFull, "full");
        return {};
    };
    const auto target = open(faulty);
    int failures = 0;
    for (int n = 1;; ++n) {
        countdown = n;
        const auto status = transfer(*origin, *target);
        countdown = 0;
        if (status.ok())
            break;
        EXPECT_EQ(status.error().code, ErrorCode::diskFull) << n;
        ASSERT_THAT(names(*target), IsEmpty()) << n;
        ++failures;
    }
    EXPECT_GT(failures, 10);
    EXPECT_THAT(names(*target), SizeIs(2));
}

TEST_P(TransferTest, ASnapshotIsAFileOfItsOwnWithItsScriptRun) {
    const auto database = open();
    fill(*database, 700);
    const auto copy = folder_.path() / "copy.db";
    ASSERT_TRUE(database->snapshotTo(copy, "INSERT INTO boxes (name, weight) VALUES ('copy only', 1)").ok());
    EXPECT_EQ(files_->info(folder_.path() / "copy.db-wal").error().code, ErrorCode::notFound);
    const auto opened = openFile(copy);
    EXPECT_TRUE(opened->check().ok());
    auto rows = allOf(*opened);
    ASSERT_THAT(rows, SizeIs(701));
    rows.pop_back();
    EXPECT_EQ(rows, allOf(*database));
}

TEST_P(TransferTest, ASnapshotThatFailsLeavesNoFileAndNeverOverwrites) {
    const auto database = open();
    const auto copy = folder_.path() / "copy.db";
    EXPECT_FALSE(database->snapshotTo(copy, "INSERT INTO no_such_table VALUES (1)").ok());
    for (const char* suffix : {"", "-wal", "-shm"})
        EXPECT_EQ(files_->info(folder_.path() / ("copy.db" + std::string(suffix))).error().code, ErrorCode::notFound);
    ASSERT_TRUE(database->snapshotTo(copy).ok());
    EXPECT_EQ(database->snapshotTo(copy).error().code, ErrorCode::alreadyExists);
}

} // namespace
} // namespace ssprotect::store
