#include "database_under_test.h"

#include "ssprotect/kodiac/authority.h"
#include "support/postgres_schema.h"
#include "support/temp_folder.h"

#include <gtest/gtest.h>

namespace ssprotect::kodiac {
namespace {

std::unique_ptr<store::Database> opened(Result<std::unique_ptr<store::Database>> database) {
    EXPECT_TRUE(database.ok()) << (database ? "" : database.error().message);
    return database ? std::move(*database) : nullptr;
}

/// `expression(column, type)` of all columns, one behind the other.
template <class Expression>
std::string joined(store::Transaction& transaction, std::string_view columns, Expression expression) {
    std::string all;
    for (const auto& column : transaction.all(columns))
        all += (all.empty() ? "" : " || '|' || ") + expression(column.get<std::string>(0), column.get<std::string>(1));
    return all;
}

class SqliteDatabase final : public DatabaseUnderTest {
public:
    explicit SqliteDatabase(const test::ManualClock& clock) : clock_(clock) {}

    std::unique_ptr<store::Database> open(store::Options options) override {
        options.schema = authoritySchema();
        return opened(store::Database::openSqlite(file(), *files_, clock_, std::move(options)));
    }

    void restore(const platform::Path& snapshot) override {
        closeSide();
        EXPECT_TRUE(store::restoreSqlite(snapshot, file(), *files_).ok());
    }

private:
    std::string tablesSql() const override {
        return "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_version' AND "
               "substr(name, 1, 7) <> 'sqlite_'";
    }
    std::string rowSql(store::Transaction& transaction, const std::string& table) const override {
        return joined(transaction, "SELECT name, type FROM pragma_table_info('" + table + "') ORDER BY cid",
                      [](const std::string& column, const std::string&) { return "quote(" + column + ")"; });
    }
    platform::Path file() const { return folder_ / "kodiac.db"; }

    const test::ManualClock& clock_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
};

class PostgresDatabase final : public DatabaseUnderTest {
public:
    explicit PostgresDatabase(const test::ManualClock& clock) : clock_(clock) {}
    ~PostgresDatabase() override { closeSide(); }

    std::unique_ptr<store::Database> open(store::Options options) override {
        options.schema = authoritySchema();
        options.adjustTime = [this](TimePoint) { return clock_.now(); };
        return opened(store::Database::openPostgres(server_.url(), *files_, clock_, std::move(options)));
    }

    void restore(const platform::Path& snapshot) override {
        closeSide();
        server_.ask("DROP SCHEMA " + server_.name() + " CASCADE");
        server_.ask("CREATE SCHEMA " + server_.name());
        store::Options options;
        options.schema = authoritySchema();
        const auto from = opened(store::Database::openSqlite(snapshot, *files_, clock_, std::move(options)));
        const auto to = open({});
        const auto status = store::transfer(*from, *to);
        EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
    }

private:
    std::string tablesSql() const override {
        return "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND "
               "table_name <> 'schema_version'";
    }
    std::string rowSql(store::Transaction& transaction, const std::string& table) const override {
        return joined(transaction,
                      "SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_schema = "
                      "current_schema() AND table_name = '" +
                          table + "' ORDER BY ordinal_position",
                      [](const std::string& column, const std::string& type) {
                          return "COALESCE(" +
                                 (type == "bytea" ? "upper(encode(" + column + ", 'hex'))" : column + "::text") +
                                 ", 'NULL')";
                      });
    }

    const test::ManualClock& clock_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::PostgresSchema server_;
};

} // namespace

store::Database& DatabaseUnderTest::side() {
    if (!side_)
        side_ = open({});
    return *side_;
}

void DatabaseUnderTest::alter(const std::string& sql) {
    auto status = side().write([&](store::Transaction& transaction) -> Status {
        transaction.execute(sql);
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
}

DatabaseUnderTest::Content DatabaseUnderTest::content() {
    Content content;
    auto status = side().read([&](store::Transaction& transaction) -> Status {
        content.clear();
        for (const auto& table : transaction.all(tablesSql())) {
            const auto name = table.get<std::string>(0);
            auto& rows = content[name];
            for (const auto& row :
                 transaction.all("SELECT " + rowSql(transaction, name) + " FROM " + name + " ORDER BY 1"))
                rows.push_back(row.get<std::string>(0));
        }
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
    return content;
}

std::unique_ptr<DatabaseUnderTest> makeSqliteDatabase(const test::ManualClock& clock) {
    return std::make_unique<SqliteDatabase>(clock);
}

std::unique_ptr<DatabaseUnderTest> makePostgresDatabase(const test::ManualClock& clock) {
    if (!support::PostgresSchema::isPossible())
        return nullptr;
    return std::make_unique<PostgresDatabase>(clock);
}

} // namespace ssprotect::kodiac
