#include "colleagues.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/report_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;

class SyncTest : public ColleaguesTest {
protected:
    static Result<SyncSecondFactor::Response> sync(Individual& person, std::uint64_t first) {
        return send(person, {person.email, person.host, first, person.code(first), person.code(first + 1)});
    }
    static Result<SyncSecondFactor::Response> send(Individual& person, const SyncSecondFactor::Request& request) {
        return Individual::answerOf<SyncSecondFactor>(person.send(callFor<SyncSecondFactor>(request)));
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, SyncTest, testing::ValuesIn(implementations()));

TEST_P(SyncTest, AHostThatRanAheadIsBroughtBackWithTwoCodes) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    una.counter += 5000;
    EXPECT_EQ(codeOf(una.ask<ShowAccount>()), ErrorCode::secondFactorRefused);
    EXPECT_EQ(codeOf(sync(una, una.counter)), ErrorCode::refused); // nobody has permitted it
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    const auto next = sync(una, una.counter);
    ASSERT_TRUE(next.ok());
    EXPECT_EQ(next->nextCounter, una.counter + 2);
    una.counter = next->nextCounter;
    EXPECT_TRUE(una.ask<ShowAccount>().ok());
}

TEST_P(SyncTest, AHostThatCameBackFromABackupGoesOnWhereItWasAndUsesNoCodeTwice) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    for (int i = 0; i < 20; ++i)
        ASSERT_TRUE(una.ask<ShowAccount>().ok());
    const std::uint64_t expected = una.counter;
    una.counter -= 15;
    EXPECT_EQ(codeOf(una.ask<ShowAccount>()), ErrorCode::secondFactorRefused);
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    const auto next = sync(una, una.counter);
    ASSERT_TRUE(next.ok());
    EXPECT_EQ(next->nextCounter, expected);
    EXPECT_EQ(codeOf(una.ask<ShowAccount>()), ErrorCode::secondFactorRefused); // an old code stays an old code
    una.counter = next->nextCounter;
    EXPECT_TRUE(una.ask<ShowAccount>().ok());
}

TEST_P(SyncTest, APermissionIsUsedUpAndEndsAfterADay) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    ASSERT_TRUE(sync(una, una.counter + 100).ok());
    EXPECT_EQ(codeOf(sync(una, una.counter + 300)), ErrorCode::refused);
    ASSERT_TRUE(ada.login().ok());
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    pass(std::chrono::hours(24));
    EXPECT_EQ(codeOf(sync(una, una.counter + 300)), ErrorCode::refused);
}

TEST_P(SyncTest, BothCodesMustBeRightConsecutiveAndNear) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    const std::uint64_t first = una.counter + 50;
    EXPECT_EQ(codeOf(send(una, {una.email, una.host, first, una.code(first), una.code(first + 2)})),
              ErrorCode::secondFactorRefused);
    EXPECT_EQ(codeOf(send(una, {una.email, una.host, first, una.code(first + 1), una.code(first + 1)})),
              ErrorCode::secondFactorRefused);
    EXPECT_EQ(codeOf(send(una, {una.email, una.host, first, "", ""})), ErrorCode::secondFactorRefused);
    EXPECT_EQ(codeOf(sync(una, una.counter + kSyncDistance + 1)), ErrorCode::refused);
    EXPECT_EQ(codeOf(sync(una, INT64_MAX)), ErrorCode::refused);
    EXPECT_TRUE(sync(una, una.counter + kSyncDistance).ok());
}

TEST_P(SyncTest, WrongCodesAreThrottledAndAPermissionEndsThat) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(codeOf(send(una, {una.email, una.host, 50, "00000000", "00000000"})), ErrorCode::secondFactorRefused);
    EXPECT_EQ(codeOf(sync(una, 50)), ErrorCode::secondFactorThrottled);
    EXPECT_EQ(codeOf(una.ask<ShowAccount>()), ErrorCode::secondFactorThrottled);
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    EXPECT_TRUE(sync(una, 50).ok());
}

TEST_P(SyncTest, AStrangersEmailAnUnknownHostAndNoPermissionAreAnsweredAlike) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    const auto plain = sync(una, una.counter);
    const auto stranger = send(una, {"nobody@example.org", una.host, 0, "00000000", "00000000"});
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    const auto elsewhere = send(una, {una.email, ada.host, 0, "00000000", "00000000"});
    EXPECT_EQ(codeOf(plain), ErrorCode::refused);
    EXPECT_EQ(codeOf(stranger), ErrorCode::refused);
    EXPECT_EQ(codeOf(elsewhere), ErrorCode::refused);
    EXPECT_EQ(plain.error().message, stranger.error().message);
    EXPECT_EQ(plain.error().message, elsewhere.error().message);
}

TEST_P(SyncTest, OnlyAPrivilegedUserOfTheOrganizationPermitsIt) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    Individual eve = administrator("eve@example.org");
    EXPECT_EQ(codeOf(una.ask<PermitSync>({una.account})), ErrorCode::notPrivileged);
    EXPECT_EQ(codeOf(eve.ask<PermitSync>({una.account})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(sync(una, una.counter)), ErrorCode::refused);
}

TEST_P(SyncTest, PermissionAndUseAreAudited) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    ASSERT_TRUE(sync(una, una.counter).ok());
    ListAudit::Request request;
    request.organization = true;
    request.limit = 2;
    const auto rows = ada.ask<ListAudit>(request)->rows;
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].operation, "second-factor.sync");
    EXPECT_EQ(rows[0].account, una.account);
    EXPECT_EQ(rows[1].operation, "users.sync-2factor");
    EXPECT_EQ(rows[1].subject, una.account);
    EXPECT_EQ(rows[1].subjectEmail, una.email);
}

} // namespace
} // namespace ssprotect::kodiac
