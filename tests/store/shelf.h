#pragma once

#include "ssprotect/store/database.h"
#include "support/manual_clock.h"
#include "support/temp_folder.h"

#include <array>

#include <gtest/gtest.h>

namespace ssprotect::store {

constexpr std::array kShelfMigrations{
    Migration{1, "CREATE TABLE boxes (id INTEGER PRIMARY KEY, name TEXT UNIQUE, content BLOB, weight INTEGER);"
                 "CREATE TABLE labels (box INTEGER NOT NULL REFERENCES boxes(id), text TEXT NOT NULL)"},
};
constexpr Schema kShelfSchema{"shelf", kShelfMigrations};

/// A small database in a folder of its own, for the tests of this room.
class Shelf : public testing::Test {
protected:
    Options options() {
        Options options;
        options.schema = kShelfSchema;
        options.label = "the shelf";
        options.pause = [](Duration) {};
        return options;
    }
    Result<std::unique_ptr<Database>> tryOpen(Options options) {
        return Database::openSqlite(file(), *files_, clock_, std::move(options));
    }
    std::unique_ptr<Database> open(Options options) {
        auto database = tryOpen(std::move(options));
        EXPECT_TRUE(database.ok()) << (database ? "" : database.error().message);
        return database ? std::move(*database) : nullptr;
    }
    std::unique_ptr<Database> open() { return open(options()); }

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
        EXPECT_TRUE(names.ok());
        return names ? *names : std::vector<std::string>{};
    }

    test::ManualClock clock_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
};

} // namespace ssprotect::store
