#include "shelf.h"

#include <cstdlib>
#include <future>

#include <gmock/gmock.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::array kGrown{
    kShelfMigrations[0],
    Migration{2, "ALTER TABLE boxes ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'; DELETE FROM labels"},
};

/// What only a server has.
class PostgresTest : public PostgresShelf {
protected:
    Result<std::unique_ptr<Database>> openUrl(const std::string& url) {
        Options hasty = options();
        hasty.patience = Duration{1};
        return Database::openPostgres(crypto::SecretBytes::copyOf(viewOf(url)), *files_, clock_, hasty);
    }
    std::string url() const { return std::string(textOf(server_->url())); }
    Status count(Database& database, int times) {
        for (int i = 0; i < times; ++i) {
            auto status = database.write([](Transaction& transaction) -> Status {
                transaction.execute("UPDATE boxes SET weight = weight + 1 WHERE name = 'counter'");
                return {};
            });
            if (!status)
                return status;
        }
        return {};
    }
};

TEST_F(PostgresTest, TwoDaemonsOnOneDatabaseLoseNoUpdate) {
    const auto first = open();
    const auto second = open();
    ASSERT_TRUE(add(*first, "counter").ok());
    server_->ask("UPDATE boxes SET weight = 0");
    std::vector<std::future<bool>> threads;
    for (Database* database : {first.get(), second.get(), first.get(), second.get()})
        threads.push_back(std::async(std::launch::async, [&, database] { return count(*database, 20).ok(); }));
    for (auto& thread : threads)
        EXPECT_TRUE(thread.get());
    EXPECT_EQ(server_->ask("SELECT weight FROM boxes"), "80");
}

TEST_F(PostgresTest, AConditionalUpdateIsWonByOneOfTwoDaemons) {
    const auto first = open();
    const auto second = open();
    ASSERT_TRUE(add(*first, "counter").ok());
    for (int round = 0; round < 10; ++round) {
        server_->ask("UPDATE boxes SET weight = " + std::to_string(round));
        const auto raise = [&](Database& database) {
            return database.write([&](Transaction& transaction) -> Result<std::int64_t> {
                return transaction.execute("UPDATE boxes SET weight = weight + 1 WHERE weight = $1", {round});
            });
        };
        auto other = std::async(std::launch::async, [&] { return *raise(*second); });
        const auto mine = *raise(*first);
        EXPECT_EQ(mine + other.get(), 1);
    }
}

TEST_F(PostgresTest, TransactionsRunSideBySideAndALockedRowIsWaitedFor) {
    const auto database = open();
    ASSERT_TRUE(add(*database, "counter").ok());
    std::promise<void> locked;
    std::promise<void> go;
    auto holder = std::async(std::launch::async, [&] {
        return database->write([&](Transaction& transaction) -> Status {
            EXPECT_TRUE(transaction.one("SELECT id FROM boxes WHERE name = 'counter' FOR UPDATE").has_value());
            locked.set_value();
            go.get_future().wait();
            transaction.execute("UPDATE boxes SET weight = 7 WHERE name = 'counter'");
            return {};
        });
    });
    locked.get_future().wait();
    EXPECT_TRUE(add(*database, "another").ok()); // while the first transaction is open
    auto waiter = std::async(std::launch::async, [&] {
        return database->write([&](Transaction& transaction) -> Result<int> {
            return transaction.one("SELECT weight FROM boxes WHERE name = 'counter' FOR UPDATE")->get<int>(0);
        });
    });
    go.set_value();
    EXPECT_TRUE(holder.get().ok());
    EXPECT_EQ(*waiter.get(), 7);
}

TEST_F(PostgresTest, ARowThatStaysLockedIsABusyDatabase) {
    Options hasty = options();
    hasty.patience = Duration{20};
    const auto database = open(hasty);
    ASSERT_TRUE(add(*database, "held").ok());
    server_->begin();
    server_->ask("SELECT id FROM boxes FOR UPDATE");
    const auto status = database->write([](Transaction& transaction) -> Status {
        transaction.execute("UPDATE boxes SET weight = 1");
        return {};
    });
    server_->end();
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::fileBusy);
    EXPECT_THAT(status.error().message, HasSubstr("the shelf is busy"));
    EXPECT_TRUE(add(*database, "later").ok());
}

TEST_F(PostgresTest, ADeadlockIsResolvedAndBothWorksAreDone) {
    const auto database = open();
    ASSERT_TRUE(add(*database, "a").ok());
    ASSERT_TRUE(add(*database, "b").ok());
    std::promise<void> firstHolds;
    std::promise<void> secondHolds;
    const auto raise = [](Transaction& transaction, std::string_view name) {
        transaction.execute("UPDATE boxes SET weight = COALESCE(weight, 0) + 1 WHERE name = $1", {name});
    };
    const auto crossing = [&](std::string_view one, std::string_view other, std::promise<void>& holds,
                              std::promise<void>& awaited) {
        int runs = 0;
        return database->write([&, runs](Transaction& transaction) mutable -> Status {
            raise(transaction, one);
            if (++runs == 1) {
                holds.set_value();
                awaited.get_future().wait();
            }
            raise(transaction, other);
            return {};
        });
    };
    auto second = std::async(std::launch::async, [&] { return crossing("b", "a", secondHolds, firstHolds); });
    EXPECT_TRUE(crossing("a", "b", firstHolds, secondHolds).ok());
    EXPECT_TRUE(second.get().ok());
    EXPECT_EQ(server_->ask("SELECT SUM(weight) FROM boxes"), "4");
}

TEST_F(PostgresTest, WhoFindsAllConnectionsInUseWaitsAndThenSaysSo) {
    Options narrow = options();
    narrow.connections = 1;
    narrow.patience = Duration{20};
    const auto database = open(narrow);
    auto status = database->write([&](Transaction&) -> Status {
        auto second = std::async(std::launch::async, [&] { return add(*database, "squeezed"); }).get();
        EXPECT_EQ(second.error().code, ErrorCode::fileBusy);
        EXPECT_THAT(second.error().message, HasSubstr("connections"));
        return {};
    });
    EXPECT_TRUE(status.ok());
    EXPECT_THAT(names(*database), IsEmpty());
    EXPECT_TRUE(add(*database, "free again").ok());
}

TEST_F(PostgresTest, MoreThreadsThanConnectionsAllGetTheirTurn) {
    Options narrow = options();
    narrow.connections = 2;
    const auto database = open(narrow);
    std::vector<std::future<bool>> threads;
    for (int t = 0; t < 8; ++t)
        threads.push_back(std::async(std::launch::async, [&, t] {
            return add(*database, "a" + std::to_string(t)).ok() && add(*database, "b" + std::to_string(t)).ok();
        }));
    for (auto& thread : threads)
        EXPECT_TRUE(thread.get());
    EXPECT_THAT(names(*database), SizeIs(16));
}

TEST_F(PostgresTest, ABatchOfManyStatementsIsOneTransaction) {
    const auto database = open();
    const auto batch = [&](bool good) {
        return database->write([&](Transaction& transaction) -> Status {
            for (int i = 0; i < 1000; ++i)
                transaction.post("INSERT INTO boxes (name, content) VALUES ($1, $2)",
                                 {"box " + std::to_string(i), Bytes(2000, static_cast<Byte>(i))});
            if (!good)
                transaction.post("INSERT INTO boxes (name) VALUES ('box 7')");
            return {};
        });
    };
    EXPECT_FALSE(batch(false).ok()); // what is wrong shows at the commit
    EXPECT_THAT(names(*database), IsEmpty());
    EXPECT_TRUE(batch(true).ok());
    EXPECT_THAT(names(*database), SizeIs(1000));
}

TEST_F(PostgresTest, AReadSeesOneMomentHoweverManyStatementsItHas) {
    const auto database = open();
    ASSERT_TRUE(add(*database, "old").ok());
    auto status = database->read([&](Transaction& transaction) -> Status {
        EXPECT_EQ(transaction.one("SELECT COUNT(*) FROM boxes")->get<int>(0), 1);
        server_->ask("INSERT INTO boxes (name) VALUES ('new')");
        EXPECT_EQ(transaction.one("SELECT COUNT(*) FROM boxes")->get<int>(0), 1);
        return {};
    });
    EXPECT_TRUE(status.ok());
    EXPECT_FALSE(database
                     ->read([](Transaction& transaction) -> Status {
                         transaction.execute("DELETE FROM boxes");
                         return {};
                     })
                     .ok());
    EXPECT_THAT(names(*database), ElementsAre("old", "new"));
}

TEST_F(PostgresTest, TimeIsTheServersWhateverTheClockHereSays) {
    Options plain = options();
    plain.adjustTime = nullptr;
    const auto database = open(plain);
    const auto millis = [&] {
        return std::stoll(server_->ask("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint"));
    };
    const auto before = millis();
    auto now = database->write([](Transaction& transaction) -> Result<TimePoint> { return transaction.now(); });
    EXPECT_LE(before, toUnixMillis(*now));
    EXPECT_GE(millis(), toUnixMillis(*now));
}

TEST_F(PostgresTest, AMigrationKeepsTheOldRowsAside) {
    const auto old = open();
    ASSERT_TRUE(add(*old, "kept").ok());
    server_->ask("INSERT INTO labels (box, text) VALUES (1, 'old label')");
    open(with(kGrown));
    const std::string aside = server_->name() + "_before_schema_1";
    EXPECT_EQ(server_->ask("SELECT text FROM " + aside + ".labels"), "old label");
    EXPECT_EQ(server_->ask("SELECT number FROM " + aside + ".schema_version"), "1");
    EXPECT_EQ(server_->ask("SELECT COUNT(*) FROM labels"), "0");
}

// Even of a daemon that should have been stopped.
TEST_F(PostgresTest, AMigrationThatReplacesATableWaitsForWhatIsBeingWrittenToIt) {
    constexpr std::array kRebuilt{
        kShelfMigrations[0],
        Migration{2, "CREATE TABLE crates (id INTEGER PRIMARY KEY, name TEXT UNIQUE, content BLOB, weight INTEGER); "
                     "INSERT INTO crates (id, name) SELECT id, name FROM boxes; "
                     "DROP TABLE labels; DROP TABLE boxes; ALTER TABLE crates RENAME TO boxes"},
    };
    ASSERT_TRUE(add(*open(), "old").ok());
    server_->begin();
    server_->ask("INSERT INTO boxes (name) VALUES ('late')");
    auto migrated = std::async(std::launch::async, [&] { return open(with(kRebuilt)); });
    constexpr std::string_view kWaiting = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND "
                                          "relation = 'boxes'::regclass";
    while (migrated.wait_for(std::chrono::milliseconds(1)) == std::future_status::timeout)
        if (server_->ask(std::string(kWaiting)) != "0")
            break;
    server_->end();
    EXPECT_THAT(names(*migrated.get()), ElementsAre("old", "late"));
}

TEST_F(PostgresTest, DaemonsThatStartTogetherMigrateOnce) {
    std::vector<std::future<bool>> daemons;
    for (int i = 0; i < 4; ++i)
        daemons.push_back(std::async(std::launch::async, [&] {
            Options patient = with(kGrown);
            patient.pause = nullptr;
            return tryOpen(patient).ok();
        }));
    for (auto& daemon : daemons)
        EXPECT_TRUE(daemon.get());
    EXPECT_EQ(server_->ask("SELECT number FROM schema_version"), "2");
    EXPECT_TRUE(add(*open(with(kGrown)), "works").ok());
}

TEST_F(PostgresTest, ChecksWhatItCanRead) {
    const auto database = open();
    ASSERT_TRUE(add(*database, "sound").ok());
    EXPECT_TRUE(database->check().ok());
}

TEST_F(PostgresTest, AUserWithTheWrongPasswordIsNotLetInAndNoPasswordIsTold) {
    const auto at = url().find(':', std::string("postgresql://").size()) + 1;
    const std::string wrong = url().replace(at, url().find('@') - at, "swordfish-wrong");
    const auto refused = openUrl(wrong);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::accessDenied);
    EXPECT_THAT(refused.error().message, Not(HasSubstr("swordfish")));
}

TEST_F(PostgresTest, AnAddressThatIsNoneIsSaidWithoutQuotingIt) {
    for (const std::string odd : {"", "swordfish", "postgresql://a:swordfish@/b?no=such", "host=x swordfish"}) {
        const auto refused = openUrl(odd);
        ASSERT_FALSE(refused.ok()) << odd;
        EXPECT_EQ(refused.error().code, ErrorCode::invalidInput) << odd;
        EXPECT_THAT(refused.error().message, Not(HasSubstr("swordfish")));
    }
}

TEST_F(PostgresTest, AServerThatIsNotThereIsUnreachable) {
    const auto refused = openUrl("postgresql://kodiacd:swordfish@/kodiac?host=" + folder_.path().string());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::kodiacUnreachable);
    EXPECT_THAT(refused.error().message, HasSubstr(folder_.path().string())); // for who runs the daemon
    EXPECT_THAT(refused.error().message, Not(HasSubstr("swordfish")));
}

TEST_F(PostgresTest, ADatabaseThatDoesNotExistIsNotFound) {
    std::string elsewhere = url();
    const auto at = elsewhere.find("/kodiac?");
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(openUrl(elsewhere.replace(at, 8, "/no_such_db?")).error().code, ErrorCode::notFound);
}

TEST_F(PostgresTest, TlsIsTakenAsTheUrlSays) {
    const char* tls = std::getenv("SSPROTECT_TEST_POSTGRES_TLS");
    if (tls == nullptr)
        GTEST_SKIP() << "SSPROTECT_TEST_POSTGRES_TLS is not set";
    const std::string own = std::string(tls) + "&options=-csearch_path%3D" + server_->name();
    const auto database = openUrl(own);
    ASSERT_TRUE(database.ok()) << database.error().message;
    auto encrypted = (*database)->read([](Transaction& transaction) -> Result<bool> {
        return transaction.one("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")->get<bool>(0);
    });
    EXPECT_TRUE(*encrypted);
    const auto unknown = openUrl(own + "&sslrootcert=/dev/null");
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().code, ErrorCode::kodiacUnreachable);
}

} // namespace
} // namespace ssprotect::store
