#include "daemon_run.h"
#include "ssprotect/kodiac/operations.h"
#include "support/postgres_schema.h"

#include <filesystem>

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Backup : public DaemonTest {
protected:
    std::string file() const { return (folder_ / "backup.tar").string(); }
    fs::path restored() const { return folder_ / "restored"; }
    support::ProgramResult restore(const Words& more = {}) {
        Words words{"restore", file(), "--data", restored().string()};
        words.insert(words.end(), more.begin(), more.end());
        return kodiacd(words);
    }
};

TEST_F(Backup, MadeWhileServingBringsBackEverythingThatWasAcknowledged) {
    init();
    std::optional<DaemonRun> daemon(std::in_place, data());
    auto kodiac = client(*daemon);
    auto ada = person(*kodiac);
    ASSERT_TRUE(ada.settle().ok());
    const auto identity = ada.store();
    ASSERT_TRUE(identity.ok());
    const auto made = kodiacd(at({"backup", file()}));
    EXPECT_EQ(made.exitCode, 0) << made.err;
    EXPECT_TRUE(platform::makeSystemFiles()->info(file())->ownerOnly);
    EXPECT_FALSE(fs::exists(file() + ".database"));
    EXPECT_FALSE(fs::exists(file() + ".partial"));
    daemon.reset();

    const auto back = restore();
    EXPECT_EQ(back.exitCode, 0) << back.err;
    EXPECT_EQ(back.out, (restored() / "ca.pem").string() + "\n");
    EXPECT_EQ(textOf(restored() / "ca.pem"), textOf(data() / "ca.pem"));
    EXPECT_EQ(kodiacd({"verify", "--data", restored().string()}).exitCode, 0);
    DaemonRun again(restored());
    kodiac = client(again);
    ada.rebind(*kodiac);
    ASSERT_TRUE(ada.login().ok());
    EXPECT_FALSE(ada.session.hostEnrolled) << "a restored KODiAC has every host enrol anew";
    ASSERT_TRUE(ada.enrolHost().ok());
    EXPECT_TRUE(ada.open(*identity).ok());
}

TEST_F(Backup, TakesTheMasterKeyFromWhereItIs) {
    init({"--master-key", (folder_ / "elsewhere.key").string()});
    ASSERT_EQ(kodiacd(at({"backup", file()})).exitCode, 0);
    fs::remove(folder_ / "elsewhere.key");
    ASSERT_EQ(restore().exitCode, 0);
    EXPECT_EQ(kodiacd({"verify", "--data", restored().string()}).exitCode, 0);
}

TEST_F(Backup, NeverTakesThePlaceOfAnother) {
    init();
    writeText(file(), "mine");
    const auto refused = kodiacd(at({"backup", file()}));
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_EQ(textOf(file()), "mine");
}

TEST_F(Backup, IsNotRestoredOverAnything) {
    init();
    ASSERT_EQ(kodiacd(at({"backup", file()})).exitCode, 0);
    fs::create_directory(restored());
    writeText(restored() / "note", "mine");
    const auto refused = restore();
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_THAT(refused.err, HasSubstr("not empty"));
    EXPECT_EQ(textOf(restored() / "note"), "mine");
}

TEST_F(Backup, ThatIsDamagedRestoresNothing) {
    init();
    ASSERT_EQ(kodiacd(at({"backup", file()})).exitCode, 0);
    fs::resize_file(file(), fs::file_size(file()) / 2);
    const auto refused = restore();
    EXPECT_EQ(refused.exitCode, 5) << refused.err;
    EXPECT_FALSE(fs::exists(restored() / "kodiacd.json"));
    EXPECT_EQ(kodiacd({"serve", "--data", restored().string()}).exitCode, 8);
}

TEST_F(Backup, OfOneEngineIsRestoredToTheOther) {
    if (!support::PostgresSchema::isPossible())
        GTEST_SKIP() << support::PostgresSchema::whyNot();
    const support::PostgresSchema schema;
    const auto secret = schema.url();
    const std::string url(reinterpret_cast<const char*>(secret.view().data()), secret.size());
    init();
    std::optional<DaemonRun> daemon(std::in_place, data());
    auto kodiac = client(*daemon);
    auto ada = person(*kodiac);
    ASSERT_TRUE(ada.settle().ok());
    ASSERT_EQ(kodiacd(at({"backup", file()})).exitCode, 0);
    daemon.reset();
    const auto back = restore({"--database", url});
    ASSERT_EQ(back.exitCode, 0) << back.err;
    EXPECT_THAT(textOf(restored() / "kodiacd.json"), HasSubstr("\"url\": \"postgresql://"));
    const DaemonRun again(restored());
    kodiac = client(again);
    ada.rebind(*kodiac);
    EXPECT_TRUE(ada.login().ok());
    EXPECT_EQ(kodiacd({"backup", file() + "2", "--data", restored().string()}).exitCode, 0);
}

} // namespace
} // namespace ssprotect::kodiacd
