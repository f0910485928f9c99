#pragma once

#include "ssprotect/store/database.h"
#include "support/manual_clock.h"
#include "support/postgres_schema.h"
#include "support/temp_folder.h"

#include <array>

#include <gtest/gtest.h>

namespace ssprotect::store {

constexpr std::array kShelfMigrations{
    Migration{1, "CREATE TABLE boxes (id INTEGER PRIMARY KEY, name TEXT UNIQUE, content BLOB, weight INTEGER);"
                 "CREATE TABLE labels (box INTEGER NOT NULL REFERENCES boxes(id), text TEXT NOT NULL)"},
};
constexpr Schema kShelfSchema{"shelf", kShelfMigrations};

enum class Kind { sqlite, postgres };

/// A small database of the test's own: a file in a folder, or a schema on a server.
class Shelf : public testing::Test {
protected:
    explicit Shelf(Kind kind = Kind::sqlite) : kind_(kind) {
        if (kind == Kind::postgres && support::PostgresSchema::isPossible())
            server_ = std::make_unique<support::PostgresSchema>();
    }
    void SetUp() override {
        if (kind_ == Kind::postgres && !server_)
            GTEST_SKIP() << support::PostgresSchema::whyNot();
    }

    Options options() {
        Options options;
        options.schema = kShelfSchema;
        options.label = "the shelf";
        options.pause = [](Duration) {};
        options.adjustTime = [this](TimePoint) { return clock_.now(); };
        return options;
    }
    Options with(std::span<const Migration> migrations, std::string_view name = "shelf") {
        Options changed = options();
        changed.schema = {name, migrations};
        return changed;
    }
    Result<std::unique_ptr<Database>> tryOpen(Options options) {
        if (kind_ == Kind::postgres)
            return Database::openPostgres(server_->url(), *files_, clock_, std::move(options));
        return Database::openSqlite(file(), *files_, clock_, std::move(options));
    }
    std::unique_ptr<Database> open(Options options) {
        auto database = tryOpen(std::move(options));
        EXPECT_TRUE(database.ok()) << (database ? "" : database.error().message);
        return database ? std::move(*database) : nullptr;
    }
    std::unique_ptr<Database> open() { return open(options()); }
    /// Also beside a server.
    std::unique_ptr<Database> openFile(const platform::Path& path) {
        auto database = Database::openSqlite(path, *files_, clock_, options());
        EXPECT_TRUE(database.ok()) << (database ? "" : database.error().message);
        return database ? std::move(*database) : nullptr;
    }

    platform::Path file() const { return folder_.path() / "shelf.db"; }

    static Status add(Database& database, std::string_view name) {
        return database.write([&](Transaction& transaction) -> Status {
            transaction.execute("INSERT INTO boxes (name) VALUES ($1)", {name});
            return {};
        });
    }
    static std::vector<std::string> names(Database& database) {
        auto names = database.read([](Transaction& transaction) -> Result<std::vector<std::string>> {
            std::vector<std::string> found;
            for (const Row& row : transaction.all("SELECT name FROM boxes ORDER BY id"))
                found.push_back(row.get<std::string>(0));
            return found;
        });
        EXPECT_TRUE(names.ok()) << (names ? "" : names.error().message);
        return names ? *names : std::vector<std::string>{};
    }

    Kind kind_;
    std::unique_ptr<support::PostgresSchema> server_; ///< outlives every database that a test opens
    test::ManualClock clock_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
};

/// What holds for every kind.
class EveryShelf : public Shelf, public testing::WithParamInterface<Kind> {
protected:
    EveryShelf() : Shelf(GetParam()) {}
};

inline std::string kindName(const testing::TestParamInfo<Kind>& info) {
    return info.param == Kind::postgres ? "Postgres" : "Sqlite";
}

class PostgresShelf : public Shelf {
protected:
    PostgresShelf() : Shelf(Kind::postgres) {}
};

} // namespace ssprotect::store
