#include "shelf.h"

#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class DatabaseTest : public EveryShelf {};
INSTANTIATE_TEST_SUITE_P(Store, DatabaseTest, testing::Values(Kind::sqlite, Kind::postgres), kindName);

TEST_P(DatabaseTest, GivesBackEveryKindOfValueAsItWasWritten) {
    auto database = open();
    const FileId id = FileId(std::array<Byte, 16>{1, 2, 3});
    const std::array<Byte, 4> digest{9, 8, 7, 6};
    const TimePoint time = fromUnixMillis(1'234'567);
    auto status = database->write([&](Transaction& transaction) -> Status {
        const auto row = transaction.one("SELECT $1, $2, $3, $4, $5, $6, $7, $8",
                                         {std::int64_t{-5}, "grüße", Bytes{0, 1}, nullptr, id, digest, time, true});
        EXPECT_EQ(row->get<int>(0), -5);
        EXPECT_EQ(row->get<std::string>(1), "grüße");
        EXPECT_EQ(row->get<Bytes>(2), (Bytes{0, 1}));
        EXPECT_TRUE(row->isNull(3));
        EXPECT_EQ(row->get<std::optional<int>>(3), std::nullopt);
        EXPECT_EQ(row->get<FileId>(4), id);
        EXPECT_EQ((row->get<std::array<Byte, 4>>(5)), digest);
        EXPECT_EQ(row->get<TimePoint>(6), time);
        EXPECT_TRUE(row->get<bool>(7));
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(DatabaseTest, KeepsEmptyTextAndEmptyBytesApartFromNull) {
    auto database = open();
    auto status = database->read([](Transaction& transaction) -> Status {
        const auto row = transaction.one("SELECT $1, $2, $3", {std::string_view(), ByteView(), std::optional<int>()});
        EXPECT_EQ(row->get<std::optional<std::string>>(0), "");
        EXPECT_EQ(row->get<std::optional<Bytes>>(1), Bytes());
        EXPECT_TRUE(row->isNull(2));
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(DatabaseTest, BindsParametersByTheirNumberInWhateverOrderTheyStand) {
    auto database = open();
    auto status = database->read([](Transaction& transaction) -> Status {
        const auto row = transaction.one("SELECT $2, $1, $2", {1, 2});
        EXPECT_EQ(row->get<int>(0), 2);
        EXPECT_EQ(row->get<int>(1), 1);
        EXPECT_EQ(row->get<int>(2), 2);
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(DatabaseTest, CountsTheRowsThatAStatementChanged) {
    auto database = open();
    ASSERT_TRUE(add(*database, "a").ok());
    ASSERT_TRUE(add(*database, "b").ok());
    auto status = database->write([](Transaction& transaction) -> Status {
        EXPECT_EQ(transaction.execute("UPDATE boxes SET weight = 1"), 2);
        EXPECT_EQ(transaction.execute("UPDATE boxes SET weight = 2 WHERE weight = 7"), 0);
        EXPECT_EQ(transaction.execute("INSERT INTO boxes (name) VALUES ('a') ON CONFLICT DO NOTHING"), 0);
        const auto row =
            transaction.one("UPDATE boxes SET weight = weight + 1 WHERE name = $1 RETURNING weight", {"b"});
        EXPECT_EQ(row->get<int>(0), 2);
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(DatabaseTest, RollsBackWhenTheWorkAnswersWithAnError) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO boxes (name) VALUES ('a')");
        return makeError(ErrorCode::refused, "no");
    });
    EXPECT_EQ(status.error().code, ErrorCode::refused);
    EXPECT_THAT(names(*database), IsEmpty());
}

TEST_P(DatabaseTest, RollsBackWhenTheWorkThrows) {
    auto database = open();
    EXPECT_THROW(static_cast<void>(database->write([](Transaction& transaction) -> Status {
                     transaction.execute("INSERT INTO boxes (name) VALUES ('a')");
                     throw std::bad_alloc();
                 })),
                 std::bad_alloc);
    EXPECT_THAT(names(*database), IsEmpty());
    EXPECT_TRUE(add(*database, "b").ok());
}

TEST_P(DatabaseTest, ABrokenStatementUndoesWorkThatDidNotNotice) {
    auto database = open();
    ASSERT_TRUE(add(*database, "taken").ok());
    bool rowsAfterwards = true;
    auto status = database->write([&](Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO boxes (name) VALUES ('a')");
        transaction.execute("INSERT INTO boxes (name) VALUES ('taken')");
        rowsAfterwards = transaction.one("SELECT 1").has_value();
        return {};
    });
    EXPECT_EQ(status.error().code, ErrorCode::internal);
    EXPECT_THAT(status.error().message, HasSubstr("the shelf"));
    EXPECT_FALSE(rowsAfterwards);
    EXPECT_THAT(names(*database), ElementsAre("taken"));
}

TEST_P(DatabaseTest, AForeignKeyThatNamesNothingBreaksTheTransaction) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO labels (box, text) VALUES (77, 'x')");
        return {};
    });
    EXPECT_FALSE(status.ok());
}

TEST_P(DatabaseTest, AColumnOfAnotherKindOrRangeIsDamage) {
    auto database = open();
    const auto reading = [&](auto kind, std::string_view expression) {
        return database->read([&](Transaction& transaction) -> Status {
            static_cast<void>(transaction.one("SELECT " + std::string(expression))->get<decltype(kind)>(0));
            return {};
        });
    };
    EXPECT_EQ(reading(int{}, "'text'").error().code, ErrorCode::dataDamaged);
    EXPECT_EQ(reading(FileId{}, "x'0102'").error().code, ErrorCode::dataDamaged);
    EXPECT_EQ(reading(std::uint32_t{}, "-1").error().code, ErrorCode::dataDamaged);
    EXPECT_EQ(reading(std::string{}, "NULL").error().code, ErrorCode::dataDamaged);
    EXPECT_TRUE(reading(std::uint32_t{}, "1").ok());
}

TEST_P(DatabaseTest, AnAttemptThatFailsUndoesOnlyItself) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO boxes (name) VALUES ('before')");
        auto attempt = transaction.attempt([&]() -> Status {
            transaction.execute("INSERT INTO boxes (name) VALUES ('within')");
            return makeError(ErrorCode::refused, "no");
        });
        EXPECT_EQ(attempt.error().code, ErrorCode::refused);
        transaction.execute("INSERT INTO boxes (name) VALUES ('after')");
        return {};
    });
    EXPECT_TRUE(status.ok());
    EXPECT_THAT(names(*database), ElementsAre("before", "after"));
}

TEST_P(DatabaseTest, TimeStandsStillWithinATransactionAndGoesOnWithTheNext) {
    auto database = open();
    TimePoint start{};
    auto status = database->write([&](Transaction& transaction) -> Status {
        start = transaction.now();
        clock_.advance(std::chrono::hours(1));
        EXPECT_EQ(transaction.now(), start);
        return {};
    });
    EXPECT_TRUE(status.ok());
    status = database->read([&](Transaction& transaction) -> Status {
        EXPECT_GE(transaction.now(), start + std::chrono::hours(1));
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(DatabaseTest, WhatWasWrittenIsThereAfterReopening) {
    ASSERT_TRUE(add(*open(), "kept").ok());
    EXPECT_THAT(names(*open()), ElementsAre("kept"));
}

TEST_P(DatabaseTest, FailingAnyStatementLeavesAllOrNothing) {
    int countdown = -1;
    Options faulty = options();
    faulty.beforeStatement = [&](std::string_view) -> Status {
        if (countdown > 0 && --countdown == 0)
            return makeError(ErrorCode::diskFull, "full");
        return {};
    };
    auto database = open(faulty);
    int failures = 0;
    for (int n = 1;; ++n) {
        countdown = n;
        auto status = database->write([](Transaction& transaction) -> Status {
            for (const char* name : {"x", "y", "z"})
                transaction.execute("INSERT INTO boxes (name) VALUES ($1)", {name});
            return {};
        });
        countdown = -1;
        if (status.ok())
            break;
        EXPECT_EQ(status.error().code, ErrorCode::diskFull);
        EXPECT_THAT(names(*database), IsEmpty());
        ++failures;
    }
    EXPECT_EQ(failures, 5); // begin, three statements, commit
    EXPECT_THAT(names(*database), ElementsAre("x", "y", "z"));
}

TEST_P(DatabaseTest, ThreadsTakeTurns) {
    auto database = open();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 25; ++i)
                EXPECT_TRUE(add(*database, std::to_string(t) + "/" + std::to_string(i)).ok());
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(names(*database).size(), 100u);
}

} // namespace
} // namespace ssprotect::store
