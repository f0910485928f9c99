#include "ssprotect/crypto/system_random.h"
#include "ssprotect/kodiac/authority.h"
#include "support/individual.h"
#include "support/manual_clock.h"
#include "support/temp_folder.h"

#include <array>

#include <gtest/gtest.h>

namespace ssprotect::kodiac {
namespace {

/// What only the embedded KODiAC has: its database file and its master key.
class AuthorityTest : public testing::Test {
protected:
    Result<std::unique_ptr<Authority>> open(Byte key = 1, store::Schema schema = authoritySchema()) {
        store::Options options;
        options.schema = schema;
        options.beforeStatement = [this](std::string_view) { return state_; };
        auto database = store::Database::openSqlite(file(), *files_, clock_, options);
        if (!database)
            return std::move(database).error();
        AuthoritySettings settings;
        settings.scrypt.leastN = 2;
        return Authority::open(std::move(*database), random_, crypto::SecretBytes::copyOf(Bytes(kMasterKeySize, key)),
                               settings);
    }
    platform::Path file() const { return folder_ / "kodiac.db"; }

    Status state_; ///< of the database: what every statement gives
    test::ManualClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<platform::FileSystem> files_ = platform::makeSystemFiles();
    support::TempFolder folder_;
};

TEST_F(AuthorityTest, AnotherMasterKeyIsRefusedAndChangesNothing) {
    ASSERT_TRUE(open(1).ok());
    const auto refused = open(2);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::integrity);
    EXPECT_TRUE(open(1).ok());
}

TEST_F(AuthorityTest, AMasterKeyHas32Bytes) {
    store::Options options;
    options.schema = authoritySchema();
    auto database = store::Database::openSqlite(file(), *files_, clock_, options);
    ASSERT_TRUE(database.ok());
    const auto refused = Authority::open(std::move(*database), random_, crypto::SecretBytes(16));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::invalidInput);
}

TEST_F(AuthorityTest, ADatabaseOfANewerVersionIsRefused) {
    const auto known = authoritySchema();
    std::vector<store::Migration> more(known.migrations.begin(), known.migrations.end());
    more.push_back({static_cast<int>(more.size()) + 1, "CREATE TABLE future (id INTEGER)"});
    ASSERT_TRUE(open(1, {known.name, more}).ok());
    const auto refused = open(1);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
}

TEST_F(AuthorityTest, AccountsSurviveAReopening) {
    auto first = open();
    ASSERT_TRUE(first.ok());
    test::Individual ada(**first, random_);
    ASSERT_TRUE(ada.settle().ok());
    const auto identity = ada.store();
    ASSERT_TRUE(identity.ok());
    first->reset();
    auto second = open();
    ada.rebind(**second);
    EXPECT_TRUE(ada.open(*identity).ok());
}

TEST_F(AuthorityTest, WhatIsWrongWithTheDatabaseIsNotAnsweredAsIfItWereWrongWithTheRequest) {
    auto authority = open();
    test::Individual ada(**authority, random_);
    ASSERT_TRUE(ada.settle().ok());
    const auto failing = [&](ErrorCode code) {
        state_ = makeError(code, "the database is gone");
        const auto shown = ada.ask<ShowAccount>();
        EXPECT_FALSE(shown.ok());
        return shown ? ErrorCode::internal : shown.error().code;
    };
    EXPECT_EQ(failing(ErrorCode::notFound), ErrorCode::kodiacUnreachable);
    EXPECT_EQ(failing(ErrorCode::refused), ErrorCode::kodiacUnreachable);
    EXPECT_EQ(failing(ErrorCode::diskFull), ErrorCode::diskFull);
    state_ = {};
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_F(AuthorityTest, AfterRestoreMayBeAskedForExplicitly) {
    auto authority = open();
    test::Individual ada(**authority, random_);
    ASSERT_TRUE(ada.settle().ok());
    ASSERT_TRUE((*authority)->afterRestore().ok());
    EXPECT_FALSE(ada.ask<ShowAccount>().ok());
    ASSERT_TRUE(ada.login().ok());
    EXPECT_FALSE(ada.session.hostEnrolled);
}

TEST_F(AuthorityTest, DisablingSomebodyUnknownIsSaid) {
    auto authority = open();
    const auto status = (*authority)->setDisabled("nobody@example.org", true);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::notFound);
}

TEST_F(AuthorityTest, InProcessTheChannelBindingIsZero) {
    EXPECT_EQ((*open())->channelBinding(), crypto::Sha256Digest{});
}

} // namespace
} // namespace ssprotect::kodiac
