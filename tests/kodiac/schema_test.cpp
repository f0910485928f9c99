#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/store/database.h"
#include "support/manual_clock.h"
#include "support/postgres_schema.h"
#include "support/temp_folder.h"

#include <variant>

#include <gtest/gtest.h>

namespace ssprotect::kodiac {
namespace {

enum class Engine { sqlite, postgres };

/// A database of an older version that is opened by this one.
class SchemaTest : public testing::TestWithParam<Engine> {
protected:
    SchemaTest() {
        if (GetParam() == Engine::postgres && support::PostgresSchema::isPossible())
            server_ = std::make_unique<support::PostgresSchema>();
    }
    void SetUp() override {
        if (GetParam() == Engine::postgres && !server_)
            GTEST_SKIP() << support::PostgresSchema::whyNot();
    }

    /// With the first `migrations` of the schema.
    std::unique_ptr<store::Database> open(std::size_t migrations) {
        const auto whole = authoritySchema();
        store::Options options;
        options.schema = {whole.name, whole.migrations.first(migrations)};
        auto database = server_ ? store::Database::openPostgres(server_->url(), *files_, clock_, options)
                                : store::Database::openSqlite(folder_ / "kodiac.db", *files_, clock_, options);
        EXPECT_TRUE(database.ok()) << (database ? "" : database.error().message);
        return database ? std::move(*database) : nullptr;
    }

    test::ManualClock clock_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
    std::unique_ptr<support::PostgresSchema> server_;
};
INSTANTIATE_TEST_SUITE_P(Kodiac, SchemaTest, testing::Values(Engine::sqlite, Engine::postgres), [](const auto& kind) {
    return std::string(kind.param == Engine::sqlite ? "Sqlite" : "Postgres");
});

TEST_P(SchemaTest, WhatIsKnownOfFilesSurvivesTheSeventhMigration) {
    constexpr std::string_view kVersion = "file, version, identity, creator, host, grant_id, state, size, digest, "
                                          "signature, sealed_name, sealed_path, creator_generation";
    constexpr std::string_view kGrant = "id, account, host, file, version, created, spent";
    const auto bytes = [](Byte first) { return Bytes{first, 0, 7}; };
    const std::vector<std::variant<std::int64_t, Bytes>> version{
        bytes(1), 2, bytes(3), bytes(4), bytes(5), bytes(6), 7, 8, bytes(9), bytes(10), bytes(11), bytes(12), 13};
    const std::vector<std::variant<std::int64_t, Bytes>> grant{bytes(6), bytes(21), bytes(22), bytes(1), 24, 25, 26};
    const auto read = [&](store::Transaction& sql, std::string_view columns, std::string_view table, const auto& row) {
        const auto found = sql.one("SELECT " + std::string(columns) + " FROM " + std::string(table));
        ASSERT_TRUE(found.has_value());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (const auto* number = std::get_if<std::int64_t>(&row[i])) {
                EXPECT_EQ(found->get<std::int64_t>(i), *number) << columns << ' ' << i;
            } else {
                EXPECT_EQ(found->get<Bytes>(i), std::get<Bytes>(row[i])) << columns << ' ' << i;
            }
        }
    };
    {
        auto older = open(6);
        ASSERT_TRUE(older);
        auto written = older->write([&](store::Transaction& sql) -> Status {
            sql.execute(
                "INSERT INTO organizations (id, root, share_epoch, key_epoch, created) VALUES ($1, $1, 1, 1, 0)",
                {bytes(31)});
            sql.execute("INSERT INTO files (id, organization, owner, mode, salt, next, created) "
                        "VALUES ($1, $2, $2, 0, $2, 3, 0)",
                        {bytes(1), bytes(31)});
            sql.execute("INSERT INTO grants (id, account, host, file, version, created, spent) "
                        "VALUES ($1, $2, $3, $4, 24, 25, 26)",
                        {bytes(6), bytes(21), bytes(22), bytes(1)});
            sql.execute("INSERT INTO versions (file, version, identity, creator, host, grant_id, state, size, digest, "
                        "signature, sealed_name, sealed_path, creator_generation) "
                        "VALUES ($1, 2, $2, $3, $4, $5, 7, 8, $6, $7, $8, $9, 13)",
                        {bytes(1), bytes(3), bytes(4), bytes(5), bytes(6), bytes(9), bytes(10), bytes(11), bytes(12)});
            return {};
        });
        ASSERT_TRUE(written.ok()) << written.error().message;
    }
    auto present = open(authoritySchema().migrations.size());
    ASSERT_TRUE(present);
    auto status = present->read([&](store::Transaction& sql) -> Status {
        read(sql, kVersion, "versions", version);
        read(sql, kGrant, "grants", grant);
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
}

// What the database itself does not see to.
TEST_P(SchemaTest, VerifyTellsOfVersionsAndRightsWithoutTheirFile) {
    auto database = open(authoritySchema().migrations.size());
    ASSERT_TRUE(database);
    auto written = database->write([](store::Transaction& sql) -> Status {
        const Bytes lost{9};
        const Bytes kept{8};
        sql.execute("INSERT INTO organizations (id, root, share_epoch, key_epoch, created) VALUES ($1, $1, 0, 0, 0)",
                    {kept});
        sql.execute("INSERT INTO files (id, organization, owner, mode, salt, next, created) "
                    "VALUES ($1, $1, $1, 0, $1, 2, 0)",
                    {kept});
        sql.execute("INSERT INTO versions (file, version, identity, creator, host, grant_id, state) "
                    "VALUES ($1, 1, $1, $1, $1, $2, 1)",
                    {kept, lost});
        sql.execute("INSERT INTO grants (id, account, host, file, version, created) VALUES ($1, $1, $1, $1, 1, 0)",
                    {Bytes{7}});
        sql.execute("INSERT INTO versions (file, version, identity, creator, host, state) "
                    "VALUES ($1, 1, $1, $1, $1, 1)",
                    {lost});
        return {};
    });
    ASSERT_TRUE(written.ok());
    crypto::SystemRandom random;
    auto authority = Authority::open(std::move(database), random, crypto::SecretBytes(kMasterKeySize));
    ASSERT_TRUE(authority.ok());
    const auto faults = (*authority)->verify();
    ASSERT_TRUE(faults.ok());
    std::string all;
    for (const auto& fault : *faults)
        all += fault + '\n';
    EXPECT_NE(all.find("2 versions have lost their file"), std::string::npos) << all;
    EXPECT_NE(all.find("1 rights to store have lost their file"), std::string::npos) << all;
}

} // namespace
} // namespace ssprotect::kodiac
