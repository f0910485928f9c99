#include "users_test.h"

#include <thread>

namespace ssprotect::kodiac {
namespace {

using test::Member;

/// *:Recover*, *Double* and AcctQuota.
class UserQuotasTest : public UsersTest {};
INSTANTIATE_TEST_SUITE_P(Kodiac, UserQuotasTest, testing::ValuesIn(implementations()));

TEST_P(UserQuotasTest, RecoverAndDoubleAreTheConversionMode) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto modeWith = [&](const AttributeChanges& changes) {
        whole(administrator.ask<EditUsers>(saving(ben, changes)));
        return whole(ben.ask<ShowAccount>()).mode;
    };
    EXPECT_EQ(whole(ben.ask<ShowAccount>()).mode, container::ConversionMode::hybrid);
    EXPECT_EQ(modeWith(with(&Changes::doubleConversion, true)), container::ConversionMode::doubled);
    EXPECT_EQ(modeWith(with(&Changes::recover, false)), container::ConversionMode::optimized);
    EXPECT_EQ(modeWith(with(&Changes::recover, true)), container::ConversionMode::hybrid)
        << "Double went with :Recover";
    EXPECT_EQ(modeWith(with(&Changes::recover, false)), container::ConversionMode::optimized);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(ben, with(&Changes::doubleConversion, true)))),
              ErrorCode::invalidInput);
    EXPECT_EQ(modeWith(with(&Changes::recover, true, &Changes::doubleConversion, true)),
              container::ConversionMode::doubled);
}

TEST_P(UserQuotasTest, RecoverIsOffWhereItIsNotLicensed) {
    Member administrator = ada();
    Member ben = user(administrator);
    under_->alter("UPDATE organizations SET recover = 0");
    EXPECT_FALSE(whole(administrator.ask<NewUser>(newUser("dan@example.org"))).attributes.recover);
    EXPECT_EQ(codeOf(administrator.ask<NewUser>(newUser("eve@example.org", with(&Changes::recover, true)))),
              ErrorCode::refused);
    EXPECT_TRUE(
        administrator.ask<EditUsers>(saving(ben, with(&Changes::unsignedApps, true, &Changes::recover, true))).ok())
        << "it had it before";
    whole(administrator.ask<EditUsers>(saving(ben, with(&Changes::recover, false))));
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(ben, with(&Changes::recover, true)))), ErrorCode::refused);
}

TEST_P(UserQuotasTest, ANewAccountGetsWhatIsLeftOfTheQuota) {
    Member administrator = ada();
    const auto given = rowOf(administrator, administrator.email).attributes.quotaMegabytes;
    setQuota(static_cast<int>(given) + 1500);
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 1500u);
    EXPECT_EQ(whole(administrator.ask<NewUser>(newUser("ben@example.org"))).attributes.quotaMegabytes, 1024u);
    EXPECT_EQ(whole(administrator.ask<NewUser>(newUser("dan@example.org"))).attributes.quotaMegabytes, 476u);
    EXPECT_EQ(whole(administrator.ask<NewUser>(newUser("eve@example.org"))).attributes.quotaMegabytes, 0u);
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 0u);
}

TEST_P(UserQuotasTest, MoreQuotaThanTheOrganizationHasIsRefused) {
    Member administrator = ada();
    const auto own = rowOf(administrator, administrator.email).attributes.quotaMegabytes;
    setQuota(static_cast<int>(own) + 100);
    const auto ben =
        whole(administrator.ask<NewUser>(newUser("ben@example.org", with(&Changes::quotaMegabytes, 60)))).account;
    EXPECT_EQ(codeOf(administrator.ask<NewUser>(newUser("dan@example.org", with(&Changes::quotaMegabytes, 41)))),
              ErrorCode::quotaExceeded);
    const auto dan =
        whole(administrator.ask<NewUser>(newUser("dan@example.org", with(&Changes::quotaMegabytes, 40)))).account;
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(dan, with(&Changes::quotaMegabytes, 41))}))),
              ErrorCode::quotaExceeded);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(dan, with(&Changes::quotaMegabytes, 0xffffffff))}))),
              ErrorCode::quotaExceeded);
    // In whatever order: what counts is the sum at the end.
    EXPECT_TRUE(administrator
                    .ask<EditUsers>(saving({editOf(dan, with(&Changes::quotaMegabytes, 70)),
                                            editOf(ben, with(&Changes::quotaMegabytes, 30))}))
                    .ok());
}

TEST_P(UserQuotasTest, AnOrganizationThatGaveTooMuchCanStillBeEdited) {
    Member administrator = ada();
    const auto ben =
        whole(administrator.ask<NewUser>(newUser("ben@example.org", with(&Changes::quotaMegabytes, 50)))).account;
    setQuota(10);
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 0u);
    EXPECT_TRUE(administrator.ask<EditUsers>(saving({editOf(ben, with(&Changes::disabled, true))})).ok());
    EXPECT_TRUE(administrator.ask<EditUsers>(saving({editOf(ben, with(&Changes::quotaMegabytes, 49))})).ok());
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(ben, with(&Changes::quotaMegabytes, 50))}))),
              ErrorCode::quotaExceeded);
}

TEST_P(UserQuotasTest, TheQuotaOfARemovedMemberCountsOnThatOfADismissedOneDoesNot) {
    Member administrator = ada();
    const auto own = rowOf(administrator, administrator.email).attributes.quotaMegabytes;
    setQuota(static_cast<int>(own) + 2000);
    Member ben = user(administrator);
    Member dan = provisioned(administrator, "dan@example.org");
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 0u);
    ASSERT_TRUE(administrator.remove(ben).ok());
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 0u);
    whole(administrator.ask<DismissUser>({dan.account, {}}));
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 976u);
}

TEST_P(UserQuotasTest, OfTwoSaveAllsAtOnceOnlyOneGetsTheLastQuota) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    const auto ben =
        whole(administrator.ask<NewUser>(newUser("ben@example.org", with(&Changes::quotaMegabytes, 0)))).account;
    const auto dan =
        whole(administrator.ask<NewUser>(newUser("dan@example.org", with(&Changes::quotaMegabytes, 0)))).account;
    const auto left = whole(administrator.ask<ListUsers>()).quotaAvailable;
    Result<EditUsers::Response> first = EditUsers::Response{};
    Result<EditUsers::Response> second = EditUsers::Response{};
    std::thread one(
        [&] { first = administrator.ask<EditUsers>(saving({editOf(ben, with(&Changes::quotaMegabytes, left))})); });
    std::thread two([&] { second = cleo.ask<EditUsers>(saving({editOf(dan, with(&Changes::quotaMegabytes, left))})); });
    one.join();
    two.join();
    ASSERT_NE(first.ok(), second.ok());
    EXPECT_EQ(codeOf(first.ok() ? second : first), ErrorCode::quotaExceeded);
}

} // namespace
} // namespace ssprotect::kodiac
