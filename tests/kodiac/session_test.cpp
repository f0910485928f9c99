#include "kodiac_under_test.h"

namespace ssprotect::kodiac {
namespace {

using test::Individual;

class SessionTest : public KodiacTest {};
INSTANTIATE_TEST_SUITE_P(Kodiac, SessionTest, testing::ValuesIn(implementations()));

TEST_P(SessionTest, EndsAfterTwelveHours) {
    Individual ada = settled();
    ASSERT_TRUE(ada.login().ok());
    pass(std::chrono::hours(12) - std::chrono::milliseconds(1));
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
    pass(std::chrono::milliseconds(1));
    EXPECT_EQ(codeOf(ada.ask<ShowAccount>()), ErrorCode::notLoggedIn);
}

TEST_P(SessionTest, ARefreshGivesANewTokenAndNewTimeToTheSameSession) {
    Individual ada = settled();
    const SessionId session = ada.session.session;
    const auto oldToken = ada.token.clone();
    pass(std::chrono::hours(11));
    const auto refreshed = ada.ask<RefreshSession>();
    ASSERT_TRUE(refreshed.ok());
    EXPECT_EQ(refreshed->session.session, session);
    EXPECT_EQ(refreshed->session.expires, under_->clock().now() + std::chrono::hours(12));
    EXPECT_TRUE(refreshed->session.keysExported);
    EXPECT_EQ(codeOf(ada.ask<ShowAccount>()), ErrorCode::notLoggedIn); // the old token
    ada.takeGrant(refreshed->session);
    --ada.counter; // was not taken
    pass(std::chrono::hours(11));
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SessionTest, ALostRefreshIsAskedForAgainWithTheOldToken) {
    Individual ada = settled();
    const Call call = ada.signedCall<RefreshSession>();
    const auto lost = Individual::answerOf<RefreshSession>(ada.send(call));
    const auto again = Individual::answerOf<RefreshSession>(ada.send(call));
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(crypto::equalSecrets(lost->session.token, again->session.token));
    ada.takeGrant(again->session);
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SessionTest, AnOldTokenRefreshesNothing) {
    Individual ada = settled();
    const auto refreshed = ada.ask<RefreshSession>();
    ASSERT_TRUE(refreshed.ok());
    EXPECT_EQ(codeOf(ada.ask<RefreshSession>()), ErrorCode::notLoggedIn);
}

TEST_P(SessionTest, EndsWhenTold) {
    Individual ada = settled();
    const Call call = ada.signedCall<EndSession>();
    EXPECT_TRUE(ada.send(call).ok());
    EXPECT_TRUE(ada.send(call).ok()); // the reply was lost
    EXPECT_EQ(codeOf(ada.ask<ShowAccount>()), ErrorCode::notLoggedIn);
    EXPECT_EQ(codeOf(ada.ask<EndSession>()), ErrorCode::notLoggedIn);
}

TEST_P(SessionTest, ALoginEndsTheEarlierSessionOfThatHostOnly) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    const Call stale = ada.callWithoutCode<ShowAccount>();
    ASSERT_TRUE(ada.login().ok());
    EXPECT_EQ(codeOf(ada.send(stale)), ErrorCode::notLoggedIn);
    EXPECT_TRUE(away.ask<ShowAccount>().ok());
}

TEST_P(SessionTest, ATokenServesOnlyItsSessionAccountAndHost) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    const auto refusedWith = [&](auto change) {
        Call call = ada.signedCall<ShowAccount>();
        --ada.counter;
        change(call);
        return codeOf(ada.send(call));
    };
    EXPECT_EQ(refusedWith([&](Call& c) { c.token = away.token.clone(); }), ErrorCode::notLoggedIn);
    EXPECT_EQ(refusedWith([&](Call& c) { c.host = away.host; }), ErrorCode::notLoggedIn);
    EXPECT_EQ(refusedWith([&](Call& c) { c.account = ben.account; }), ErrorCode::notLoggedIn);
    EXPECT_EQ(refusedWith([&](Call& c) { c.session = ben.session.session; }), ErrorCode::notLoggedIn);
    EXPECT_EQ(refusedWith([](Call& c) { c.token = {}; }), ErrorCode::notLoggedIn);
    EXPECT_EQ(refusedWith([](Call& c) { c.session = {}; }), ErrorCode::notLoggedIn);
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SessionTest, AnOperationThatDoesNotExistIsRefused) {
    Individual ada = settled();
    Call call = ada.signedCall<ShowAccount>();
    call.operation = "account.destroy";
    EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::invalidInput);
}

} // namespace
} // namespace ssprotect::kodiac
