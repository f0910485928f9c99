#include "database_under_test.h"
#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "support/member.h"

#include <future>
#include <utility>

#include <gtest/gtest.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;

/// Two processes serve from one database: to everybody they are one KODiAC.
class TwoDaemonsTest : public testing::Test {
protected:
    TwoDaemonsTest() : database_(makePostgresDatabase(clock_)) {}
    void SetUp() override {
        if (!database_)
            GTEST_SKIP() << "SSPROTECT_TEST_POSTGRES names no PostgreSQL server";
        auto other = std::async(std::launch::async, [&] { return start(); });
        first_ = start();
        second_ = other.get();
        ASSERT_TRUE(first_ && second_);
    }

    /// `before` is asked before each of its statements.
    std::unique_ptr<Authority> start(std::function<Status(std::string_view sql)> before = {}) {
        AuthoritySettings settings;
        settings.scrypt.leastN = 2;
        settings.unknownUsers = {16, 8, 1};
        store::Options options;
        options.beforeStatement = std::move(before);
        auto authority = Authority::open(database_->open(std::move(options)), random_,
                                         crypto::SecretBytes::copyOf(Bytes(kMasterKeySize, 0x5a)), settings);
        EXPECT_TRUE(authority.ok()) << (authority ? "" : authority.error().message);
        return authority ? std::move(*authority) : nullptr;
    }

    test::ManualClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<DatabaseUnderTest> database_;
    std::unique_ptr<Authority> first_;
    std::unique_ptr<Authority> second_;
};

TEST_F(TwoDaemonsTest, StartedTogetherOnANewDatabaseTheyPretendAlikeToStrangers) {
    Individual stranger(*first_, random_, "nobody@example.org");
    const auto told = stranger.startLogin();
    stranger.rebind(*second_);
    const auto again = stranger.startLogin();
    ASSERT_TRUE(told.ok() && again.ok());
    EXPECT_EQ(told->account, again->account);
    EXPECT_EQ(told->derivation.salt, again->derivation.salt);
}

TEST_F(TwoDaemonsTest, ASessionOfOneIsASessionOfTheOther) {
    Individual ada(*first_, random_);
    ASSERT_TRUE(ada.settle().ok());
    const auto stored = ada.store();
    ASSERT_TRUE(stored.ok());
    ada.rebind(*second_);
    EXPECT_TRUE(ada.open(*stored).ok());
}

TEST_F(TwoDaemonsTest, ARequestWhoseReplyWasLostIsDoneOnceWhicheverDaemonIsAskedAgain) {
    Individual ada(*first_, random_);
    ASSERT_TRUE(ada.settle().ok());
    const Call call = ada.signedCall<BeginStore>({{BeginStore::Item{}}});
    auto other = std::async(std::launch::async, [&] { return second_->perform(call); });
    const auto here = first_->perform(call);
    const auto there = other.get();
    ASSERT_TRUE(here.ok() && there.ok());
    EXPECT_EQ(here->body, there->body);
    EXPECT_EQ(database_->content()["files"].size(), 1u);
}

TEST_F(TwoDaemonsTest, WhoWasEnabledWhileTheOperatorDisablesIsDisabledWithAllThatBelongsToIt) {
    const test::Founding founding{.authority = *first_, .kodiac = *first_, .random = random_};
    auto ada = test::foundOrganization(founding);
    ASSERT_TRUE(ada.ok());
    auto ben = test::bringIn(founding, *ada, "ben@example.org");
    ASSERT_TRUE(ben.ok());
    ASSERT_TRUE(first_->setDisabled(ben->email, true).ok());
    bool meanwhile = true;
    second_ = start([&](std::string_view sql) -> Status {
        if (sql.starts_with("UPDATE organizations SET events = events WHERE") && std::exchange(meanwhile, false)) {
            EXPECT_TRUE(first_->setDisabled(ben->email, false).ok());
            EXPECT_TRUE(ben->login().ok());
        }
        return {};
    });
    ASSERT_TRUE(second_->setDisabled(ben->email, true).ok());
    EXPECT_FALSE(meanwhile);
    const auto shown = ben->ask<ShowAccount>();
    ASSERT_FALSE(shown.ok());
    EXPECT_EQ(shown.error().code, ErrorCode::notLoggedIn) << "its session has ended";
}

} // namespace
} // namespace ssprotect::kodiac
