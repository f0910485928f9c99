#include "daemon_run.h"
#include "ssprotect/kodiac/operations.h"
#include "support/postgres_schema.h"

#include <filesystem>

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

using testing::HasSubstr;

class Migrate : public DaemonTest {
protected:
    std::string sqlite(const std::string& name) const { return "sqlite:" + (folder_ / name).string(); }
    std::string present() const { return "sqlite:" + (data() / "kodiac.db").string(); }
};

TEST_F(Migrate, ThereAndBackEverybodyGoesOnAsBefore) {
    if (!support::PostgresSchema::isPossible())
        GTEST_SKIP() << support::PostgresSchema::whyNot();
    const support::PostgresSchema schema;
    const auto secret = schema.url();
    const std::string postgres(reinterpret_cast<const char*>(secret.view().data()), secret.size());
    init();
    auto daemon = std::make_unique<DaemonRun>(data());
    auto kodiac = client(*daemon);
    auto ada = person(*kodiac);
    ASSERT_TRUE(ada.settle().ok());
    auto latest = ada.store();
    ASSERT_TRUE(latest.ok());
    daemon.reset();
    std::string from = present();
    for (const auto& to : {postgres, sqlite("back.db")}) {
        const auto moved = kodiacd({"migrate", "--from", from, "--to", to});
        ASSERT_EQ(moved.exitCode, 0) << moved.err;
        EXPECT_EQ(kodiacd(at({"verify", "--database", to})).exitCode, 0);
        daemon = std::make_unique<DaemonRun>(data(), Words{"--database", to});
        kodiac = client(*daemon);
        ada.rebind(*kodiac);
        EXPECT_TRUE(ada.open(*latest).ok()) << "the session goes on";
        ASSERT_TRUE(ada.login().ok());
        latest = ada.store(test::Individual::fileOf(*latest));
        ASSERT_TRUE(latest.ok()) << latest.error().message;
        daemon.reset();
        from = to;
    }
    EXPECT_EQ(test::Individual::versionOf(*latest), 3u);
}

TEST_F(Migrate, FromTheConfiguredDatabaseNeedsNoNameForIt) {
    init();
    EXPECT_EQ(kodiacd(at({"migrate", "--to", sqlite("next.db")})).exitCode, 0);
    EXPECT_EQ(kodiacd(at({"verify", "--database", sqlite("next.db")})).exitCode, 0);
}

TEST_F(Migrate, RefusesATargetThatHoldsAnything) {
    init();
    ASSERT_EQ(kodiacd({"migrate", "--from", present(), "--to", sqlite("next.db")}).exitCode, 0);
    const auto refused = kodiacd({"migrate", "--from", present(), "--to", sqlite("next.db")});
    EXPECT_EQ(refused.exitCode, 4) << refused.err;
}

TEST_F(Migrate, FromNothingMakesNothing) {
    const auto refused = kodiacd({"migrate", "--from", sqlite("missing.db"), "--to", sqlite("next.db")});
    EXPECT_EQ(refused.exitCode, 8);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "missing.db"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "next.db"));
}

TEST_F(Migrate, AServerThatIsNotThereIsOutOfReach) {
    init();
    configure("\"patience_seconds\": 5", "\"patience_seconds\": 1");
    const auto refused = kodiacd(at({"serve", "--database", "postgresql://kodiac@127.0.0.1:1/kodiac"}));
    EXPECT_EQ(refused.exitCode, 9) << refused.err;
}

} // namespace
} // namespace ssprotect::kodiacd
