#include "shelf.h"

#include <gmock/gmock.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Connections that the server ends, between transactions and within.
class PostgresFailureTest : public PostgresShelf {
protected:
    /// Cut right before the n-th statement from now on that begins so.
    Options cutting(std::string_view statement) {
        Options changed = options();
        changed.beforeStatement = [this, statement](std::string_view sql) -> Status {
            if (armed_ && sql.starts_with(statement)) {
                armed_ = false;
                EXPECT_GE(server_->cutConnections(), 1);
            }
            return {};
        };
        return changed;
    }
    /// Adds two boxes; how often that was begun.
    int addTwo(Database& database, Status& status) {
        int runs = 0;
        status = database.write([&](Transaction& transaction) -> Status {
            ++runs;
            transaction.execute("INSERT INTO boxes (name) VALUES ('one')");
            transaction.execute("INSERT INTO boxes (name) VALUES ('two') ON CONFLICT DO NOTHING");
            return {};
        });
        return runs;
    }

    bool armed_ = false;
};

TEST_F(PostgresFailureTest, ConnectionsThatTheServerClosedAreReplacedUnnoticed) {
    int pauses = 0;
    Options counting = options();
    counting.pause = [&](Duration) { ++pauses; };
    const auto database = open(counting);
    for (const char* name : {"before", "after", "again"}) {
        ASSERT_TRUE(add(*database, name).ok());
        EXPECT_EQ(server_->cutConnections(), 1);
    }
    EXPECT_THAT(names(*database), ElementsAre("before", "after", "again"));
    EXPECT_EQ(pauses, 0);
}

TEST_F(PostgresFailureTest, AConnectionLostAtTheBeginningIsReplaced) {
    const auto database = open(cutting("BEGIN"));
    armed_ = true;
    EXPECT_TRUE(add(*database, "there").ok());
    EXPECT_THAT(names(*database), ElementsAre("there"));
}

TEST_F(PostgresFailureTest, WorkWhoseConnectionIsLostInTheMiddleRunsAgain) {
    const auto database = open(cutting("INSERT INTO boxes (name) VALUES ('two')"));
    armed_ = true;
    Status status;
    EXPECT_EQ(addTwo(*database, status), 2);
    EXPECT_TRUE(status.ok());
    EXPECT_THAT(names(*database), ElementsAre("one", "two"));
}

TEST_F(PostgresFailureTest, AConnectionLostInTheCommitIsSaidToBeUnknownAndNothingRunsAgain) {
    const auto database = open(cutting("COMMIT"));
    armed_ = true;
    Status status;
    EXPECT_EQ(addTwo(*database, status), 1);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kodiacUnreachable);
    EXPECT_THAT(status.error().message, HasSubstr("nobody knows"));
    EXPECT_THAT(names(*database), IsEmpty()); // as it happens
    EXPECT_EQ(addTwo(*database, status), 1);
    EXPECT_TRUE(status.ok());
}

TEST_F(PostgresFailureTest, ALossWithinAnAttemptIsNoRefusal) {
    const auto database = open(cutting("INSERT"));
    armed_ = true;
    int runs = 0;
    auto status = database->write([&](Transaction& transaction) -> Status {
        ++runs;
        return transaction.attempt([&]() -> Status {
            if (transaction.execute("INSERT INTO boxes (name) VALUES ('x')") != 1)
                return makeError(ErrorCode::refused, "no row");
            return {};
        });
    });
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(runs, 2);
    EXPECT_THAT(names(*database), ElementsAre("x"));
}

TEST_F(PostgresFailureTest, AReadRunsAgainToo) {
    const auto database = open(cutting("SELECT name"));
    ASSERT_TRUE(add(*database, "x").ok());
    armed_ = true;
    EXPECT_THAT(names(*database), ElementsAre("x"));
}

TEST_F(PostgresFailureTest, AServerThatStaysAwayIsUnreachableAndNamesNoAddress) {
    bool away = false;
    int pauses = 0;
    Options hasty = options();
    hasty.patience = Duration{100};
    hasty.pause = [&](Duration) { ++pauses; };
    hasty.beforeStatement = [&](std::string_view sql) -> Status {
        if (away && sql.starts_with("BEGIN"))
            server_->cutConnections();
        return {};
    };
    const auto database = open(hasty);
    away = true;
    const auto status = add(*database, "never");
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kodiacUnreachable);
    EXPECT_GT(pauses, 3);
    EXPECT_THAT(status.error().message, testing::Not(HasSubstr("/")));
    away = false;
    EXPECT_TRUE(add(*database, "back").ok());
}

TEST_F(PostgresFailureTest, AnErrorOfAPostedStatementUndoesAllOfIt) {
    const auto database = open();
    ASSERT_TRUE(add(*database, "taken").ok());
    auto status = database->write([](Transaction& transaction) -> Status {
        transaction.post("INSERT INTO boxes (name) VALUES ('new')");
        transaction.post("INSERT INTO boxes (name) VALUES ('taken')");
        transaction.post("INSERT INTO boxes (name) VALUES ('newer')");
        return {};
    });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::internal);
    EXPECT_THAT(names(*database), ElementsAre("taken"));
    EXPECT_TRUE(add(*database, "newer").ok()); // with statements that were never prepared for being skipped
    EXPECT_TRUE(add(*database, "new").ok());
}

TEST_F(PostgresFailureTest, AStatementThatTakesTooLongIsCutOff) {
    Options hasty = options();
    hasty.longestStatement = Duration{50};
    hasty.patience = Duration{1};
    const auto database = open(hasty);
    auto status = database->write([](Transaction& transaction) -> Status {
        transaction.one("SELECT COUNT(*) FROM generate_series(1, 1000000000)");
        return {};
    });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::fileBusy);
    EXPECT_TRUE(add(*database, "goes on").ok());
}

} // namespace
} // namespace ssprotect::store
