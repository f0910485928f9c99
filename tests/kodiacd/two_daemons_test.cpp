#include "daemon_run.h"
#include "ssprotect/kodiac/operations.h"
#include "support/postgres_schema.h"

#include <filesystem>
#include <set>
#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::kodiacd {
namespace {

using testing::HasSubstr;
using testing::Not;

class TwoDaemons : public DaemonTest {
protected:
    void SetUp() override {
        if (!support::PostgresSchema::isPossible())
            GTEST_SKIP() << support::PostgresSchema::whyNot();
        schema_.emplace();
        const auto secret = schema_->url();
        url_.assign(reinterpret_cast<const char*>(secret.view().data()), secret.size());
        init({"--database", url_});
    }

    std::optional<support::PostgresSchema> schema_;
    std::string url_;
};

TEST_F(TwoDaemons, KeepThePasswordOfTheirServerInAFileOfItsOwn) {
    const auto begin = url_.find(':', url_.find("//") + 2) + 1;
    const auto password = url_.substr(begin, url_.find('@') - begin);
    EXPECT_THAT(textOf(data() / "kodiacd.json"), Not(HasSubstr(password)));
    EXPECT_THAT(textOf(data() / "database.password"), HasSubstr(password));
    EXPECT_EQ(kodiacd(at({"verify"})).exitCode, 0);
}

TEST_F(TwoDaemons, OnOneDatabaseAreOneKodiac) {
    DaemonRun first(data());
    const DaemonRun second(data());
    const auto here = client(first);
    const auto there = client(second);
    auto ada = person(*here);
    ASSERT_TRUE(ada.settle().ok());
    const auto identity = ada.store();
    ASSERT_TRUE(identity.ok());
    ada.rebind(*there);
    EXPECT_TRUE(ada.open(*identity).ok());
    const auto next = ada.store(test::Individual::fileOf(*identity));
    ASSERT_TRUE(next.ok());
    EXPECT_EQ(test::Individual::versionOf(*next), 2u);
    EXPECT_THAT(first.stop().err, Not(HasSubstr("tidying failed")));
}

TEST_F(TwoDaemons, MayBeStartedAtTheSameTime) {
    std::optional<DaemonRun> first;
    std::thread starting([&] { first.emplace(data()); });
    const DaemonRun second(data());
    starting.join();
    EXPECT_NE(first->port(), 0);
    EXPECT_NE(second.port(), 0);
}

TEST_F(TwoDaemons, LoseNothingWhenOneIsKilled) {
    DaemonRun first(data());
    const DaemonRun second(data());
    const auto both = client(Words{first.url(), second.url()});
    auto ada = person(*both);
    ASSERT_TRUE(ada.settle().ok());
    std::vector<container::IdentityBytes> acknowledged;
    std::thread killing;
    for (int i = 0; i < 40; ++i) {
        if (i == 15)
            killing = std::thread([&] { first.kill(); });
        const auto identity = ada.store();
        ASSERT_TRUE(identity.ok()) << identity.error().message;
        acknowledged.push_back(*identity);
    }
    killing.join();
    for (const auto& identity : acknowledged)
        EXPECT_TRUE(ada.open(identity).ok());
    EXPECT_EQ(std::set(acknowledged.begin(), acknowledged.end()).size(), acknowledged.size());
    EXPECT_EQ(kodiacd(at({"verify"})).exitCode, 0);
}

TEST_F(TwoDaemons, RefuseAnInitThatWouldMakeAnotherKodiacOfTheirDatabase) {
    const auto other = kodiacd({"init", "--data", (folder_ / "other").string(), "--database", url_});
    EXPECT_EQ(other.exitCode, 1);
    EXPECT_THAT(other.err, HasSubstr("another master key"));
    EXPECT_EQ(kodiacd(at({"verify"})).exitCode, 0);
}

TEST_F(TwoDaemons, MakeADataFolderOnAnotherMachineFromACopy) {
    std::filesystem::copy(data(), folder_ / "copy", std::filesystem::copy_options::recursive);
    const auto renewed =
        kodiacd({"init", "--renew-certificate", "--data", (folder_ / "copy").string(), "--host", "second.example.org"});
    ASSERT_EQ(renewed.exitCode, 0) << renewed.err;
    const DaemonRun daemon(folder_ / "copy");
    const auto kodiac = client(daemon);
    auto ada = person(*kodiac);
    EXPECT_TRUE(ada.create().ok());
}

} // namespace
} // namespace ssprotect::kodiacd
