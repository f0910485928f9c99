#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/store/database.h"
#include "support/manual_clock.h"
#include "support/postgres_schema.h"
#include "support/temp_folder.h"

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
    const FileId file({1});
    const GrantId grant({2});
    const Bytes bytes{3, 0, 3};
    {
        auto older = open(6);
        ASSERT_TRUE(older);
        auto written = older->write([&](store::Transaction& sql) -> Status {
            sql.execute("INSERT INTO organizations (id, root, share_epoch, key_epoch, created) VALUES ($1, $1, 1, 1, 0)",
                        {bytes});
            sql.execute("INSERT INTO files (id, organization, owner, mode, salt, next, created) "
                        "VALUES ($1, $2, $2, 0, $2, 3, 0)",
                        {file, bytes});
            sql.execute("INSERT INTO grants (id, account, host, file, version, created, spent) "
                        "VALUES ($1, $2, $2, $3, 1, 5, 6)",
                        {grant, bytes, file});
            sql.execute("INSERT INTO versions (file, version, identity, creator, host, grant_id, state, size, "
                        "creator_generation) VALUES ($1, 2, $2, $2, $2, $3, 2, 7, 4)",
                        {file, bytes, grant});
            return {};
        });
        ASSERT_TRUE(written.ok()) << written.error().message;
    }
    auto present = open(authoritySchema().migrations.size());
    ASSERT_TRUE(present);
    auto read = present->read([&](store::Transaction& sql) -> Status {
        const auto version = sql.one("SELECT v.size, v.creator_generation, v.identity, v.digest, g.spent, g.account "
                                     "FROM versions v JOIN grants g ON g.id = v.grant_id JOIN files f ON f.id = v.file "
                                     "AND f.id = g.file WHERE v.file = $1 AND v.version = 2",
                                     {file});
        EXPECT_TRUE(version.has_value());
        if (!version)
            return {};
        EXPECT_EQ(version->get<int>(0), 7);
        EXPECT_EQ(version->get<int>(1), 4);
        EXPECT_EQ(version->get<Bytes>(2), bytes);
        EXPECT_TRUE(version->isNull(3));
        EXPECT_EQ(version->get<int>(4), 6);
        EXPECT_EQ(version->get<Bytes>(5), bytes);
        return {};
    });
    EXPECT_TRUE(read.ok()) << (read ? "" : read.error().message);
}

// What the database itself does not see to.
TEST_P(SchemaTest, VerifyTellsOfVersionsAndOpeningsWithoutTheirFile) {
    auto database = open(authoritySchema().migrations.size());
    ASSERT_TRUE(database);
    auto written = database->write([](store::Transaction& sql) -> Status {
        const Bytes lost{9};
        sql.execute("INSERT INTO grants (id, account, host, file, version, created) VALUES ($1, $1, $1, $1, 1, 0)",
                    {lost});
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
    EXPECT_NE(all.find("1 versions are of no file"), std::string::npos) << all;
    EXPECT_NE(all.find("1 openings are of no file"), std::string::npos) << all;
}

} // namespace
} // namespace ssprotect::kodiac
