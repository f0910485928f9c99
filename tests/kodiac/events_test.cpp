#include "colleagues.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::IsEmpty;
using testing::SizeIs;

class EventsTest : public ColleaguesTest {};
INSTANTIATE_TEST_SUITE_P(Kodiac, EventsTest, testing::ValuesIn(implementations()));

TEST_P(EventsTest, TellWhatHappenedInOrderAndByWhom) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    EXPECT_THAT(events(ben)->rows, IsEmpty());
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(request(ada, false, EditLock::trusts).ok());
    pass(kLockExpiry);
    EXPECT_EQ(status(ben).holder, "");
    const auto news = events(ben);
    ASSERT_THAT(news->rows, SizeIs(4));
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(news->rows[i].sequence, static_cast<std::int64_t>(i) + 1);
        EXPECT_EQ(news->rows[i].kind, "lock");
    }
    EXPECT_EQ(news->newest, 4);
    EXPECT_FALSE(news->missed);
    EXPECT_EQ(news->rows[0].subject, "users");
    EXPECT_EQ(news->rows[0].account, ada.account);
    EXPECT_EQ(news->rows[1].subject, "trusts");
    EXPECT_EQ(news->rows[2].account, std::nullopt); // expired
    EXPECT_EQ(news->rows[2].at, under_->clock().now());
}

TEST_P(EventsTest, ComeInPagesAfterTheNumberThatWasSeen) {
    Individual ada = administrator();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(request(ada).ok());
        release(ada);
    }
    const auto page = events(ada, 2, 3);
    ASSERT_THAT(page->rows, SizeIs(3));
    EXPECT_EQ(page->rows.front().sequence, 3);
    EXPECT_EQ(page->newest, 6);
    EXPECT_THAT(events(ada, 6)->rows, IsEmpty());
    const auto newest = events(ada, -1);
    EXPECT_THAT(newest->rows, IsEmpty());
    EXPECT_EQ(newest->newest, 6);
}

TEST_P(EventsTest, SayWhenSomeWereMissed) {
    Individual ada = administrator();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(request(ada).ok());
        release(ada);
    }
    under_->alter("DELETE FROM events WHERE sequence <= 2");
    EXPECT_TRUE(events(ada, 0)->missed);
    EXPECT_EQ(events(ada, 0)->rows.front().sequence, 3);
    EXPECT_FALSE(events(ada, 2)->missed);
    EXPECT_FALSE(events(ada, 6)->missed);
    EXPECT_TRUE(events(ada, 7)->missed); // KODiAC came back from a backup
    EXPECT_TRUE(events(ada, INT64_MAX)->missed);
}

TEST_P(EventsTest, NeedNoCodeAndDoNotHoldUpTheCounter) {
    Individual ada = administrator();
    ASSERT_TRUE(request(ada).ok());
    const auto before = under_->content();
    EXPECT_TRUE(events(ada).ok());
    EXPECT_EQ(under_->content(), before); // not even audited
    EXPECT_TRUE(renew(ada).ok());
}

TEST_P(EventsTest, AreClosedToAnEndedSessionAStrangeTokenAndAHostWithoutSecondFactor) {
    Individual ada = administrator();
    Call call = ada.callWithoutCode<ListEvents>({0, 0, 10});
    EXPECT_TRUE(ada.send(call).ok());
    call.token.bytes()[0] ^= 1;
    EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::notLoggedIn);
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    EXPECT_EQ(codeOf(events(away)), ErrorCode::secondFactorMissing);
    ASSERT_TRUE(ada.ask<EndSession>().ok());
    EXPECT_EQ(codeOf(events(ada)), ErrorCode::notLoggedIn);
    ASSERT_TRUE(ada.login().ok());
    EXPECT_TRUE(events(ada).ok());
    pass(std::chrono::hours(12));
    EXPECT_EQ(codeOf(events(ada)), ErrorCode::notLoggedIn);
}

TEST_P(EventsTest, AreNotWaitedForLongerThanTheLimit) {
    Individual ada = administrator();
    for (const ListEvents::Request& request :
         {ListEvents::Request{0, 26, 10}, ListEvents::Request{-2, 0, 10}, ListEvents::Request{0, 0, 0}})
        EXPECT_EQ(codeOf(ada.send(ada.callWithoutCode<ListEvents>(request))), ErrorCode::invalidInput);
}

} // namespace
} // namespace ssprotect::kodiac
