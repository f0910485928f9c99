#include "colleagues.h"
#include "ssprotect/kodiac/policy_operations.h"

#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LockTest : public ColleaguesTest {
protected:
    /// A write that the lock "users" guards.
    static Result<SetPolicy::Response> write(Individual& person, LockEpoch epoch, std::uint32_t retained = 9) {
        SetPolicy::Request request;
        request.retainVersions = retained;
        request.lock = epoch;
        return person.ask<SetPolicy>(request);
    }
    static std::uint32_t written(Individual& person) { return person.ask<ShowPolicy>()->retainVersions; }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, LockTest, testing::ValuesIn(implementations()));

TEST_P(LockTest, TheFirstToAskHoldsItAndOthersSeeWhoDoes) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    const auto held = request(ada);
    ASSERT_TRUE(held.ok());
    EXPECT_TRUE(held->held);
    EXPECT_EQ(held->epoch, 1u);
    EXPECT_EQ(held->holder, ada.email);
    EXPECT_EQ(held->expires, under_->clock().now() + kLockExpiry);

    const auto seen = status(ben);
    EXPECT_FALSE(seen.held);
    EXPECT_EQ(seen.holder, ada.email);
    const auto refused = request(ben);
    EXPECT_EQ(codeOf(refused), ErrorCode::lockHeld);
    EXPECT_THAT(refused.error().message, HasSubstr(ada.email));
    EXPECT_EQ(status(ben).waiting, 0u);
}

TEST_P(LockTest, AskingAgainKeepsTheLockAndItsEpoch) {
    Individual ada = administrator();
    ASSERT_TRUE(request(ada).ok());
    pass(std::chrono::seconds(20));
    const auto again = request(ada);
    EXPECT_EQ(again->epoch, 1u);
    EXPECT_EQ(again->expires, under_->clock().now() + kLockExpiry);
}

TEST_P(LockTest, TheTwoLocksAreIndependent) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(request(ada, false, EditLock::users).ok());
    ASSERT_TRUE(request(ben, false, EditLock::trusts).ok());
    EXPECT_EQ(status(ada, EditLock::users).holder, ada.email);
    EXPECT_EQ(status(ada, EditLock::trusts).holder, ben.email);
    release(ada, EditLock::users);
    EXPECT_EQ(status(ada, EditLock::trusts).holder, ben.email);
}

TEST_P(LockTest, OrganizationsDoNotMeet) {
    Individual ada = administrator();
    Individual eve = administrator("eve@example.org");
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(request(eve).ok());
    EXPECT_EQ(status(ada).holder, ada.email);
    EXPECT_THAT(events(eve)->rows, testing::SizeIs(1));
}

TEST_P(LockTest, WhoWaitsFirstIsServedFirst) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    Individual cleo = colleague(ada, "cleo@example.org");
    ASSERT_TRUE(request(ada).ok());
    EXPECT_EQ(request(ben, true)->position, 1u);
    EXPECT_EQ(request(cleo, true)->position, 2u);
    EXPECT_EQ(request(ben, true)->position, 1u); // asking again does not lose the place
    EXPECT_EQ(status(ada).waiting, 2u);

    release(ada);
    EXPECT_TRUE(renew(ben)->held);
    EXPECT_EQ(renew(ben)->epoch, 2u);
    EXPECT_EQ(renew(cleo)->position, 1u);
    release(ben);
    EXPECT_TRUE(renew(cleo)->held);
    release(cleo);
    EXPECT_EQ(status(ada).holder, "");
}

TEST_P(LockTest, WhoLeavesTheLineIsNotServed) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    Individual cleo = colleague(ada, "cleo@example.org");
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(request(ben, true).ok());
    ASSERT_TRUE(request(cleo, true).ok());
    release(ben);
    release(ada);
    EXPECT_EQ(status(ada).holder, cleo.email);
    EXPECT_EQ(codeOf(renew(ben)), ErrorCode::lockLost);
}

TEST_P(LockTest, ForceTakesItAndTheFormerHolderHasLostIt) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    Individual cleo = colleague(ada, "cleo@example.org");
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(request(cleo, true).ok());
    const auto forced = force(ben);
    EXPECT_TRUE(forced->held);
    EXPECT_EQ(forced->epoch, 2u);
    EXPECT_EQ(forced->waiting, 1u); // the line stays
    const auto lost = renew(ada);
    EXPECT_EQ(codeOf(lost), ErrorCode::lockLost);
    EXPECT_THAT(lost.error().message, HasSubstr(ben.email));
    release(ada); // is ok, and nobody else's lock
    EXPECT_EQ(status(ada).holder, ben.email);
    release(ben);
    EXPECT_EQ(status(ada).holder, cleo.email);
}

TEST_P(LockTest, AForceWhoseReplyWasLostDoesNotForceASecondTime) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    const Call call = ada.signedCall<ForceLock>({EditLock::users});
    ASSERT_TRUE(ada.send(call).ok());
    ASSERT_TRUE(force(ben).ok());
    EXPECT_TRUE(ada.send(call).ok());
    EXPECT_EQ(status(ben).holder, ben.email);
    EXPECT_EQ(status(ben).epoch, 2u);
}

TEST_P(LockTest, AHolderThatVanishedLosesItToTheFirstWhoStillWaits) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    Individual cleo = colleague(ada, "cleo@example.org");
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(request(ben, true).ok());
    ASSERT_TRUE(request(cleo, true).ok());
    pass(kLockExpiry - std::chrono::milliseconds(1));
    ASSERT_TRUE(renew(cleo).ok()); // ben vanished as well
    EXPECT_EQ(status(cleo).holder, ada.email);
    pass(std::chrono::milliseconds(1));
    EXPECT_TRUE(renew(cleo)->held);
    EXPECT_EQ(codeOf(renew(ada)), ErrorCode::lockLost);
    EXPECT_EQ(codeOf(renew(ben)), ErrorCode::lockLost);
}

TEST_P(LockTest, AHolderThatRenewsKeepsItForHours) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(request(ada).ok());
    for (int i = 0; i < 100; ++i) {
        pass(kLockHeartbeat);
        ASSERT_TRUE(renew(ada)->held);
    }
    EXPECT_EQ(codeOf(request(ben)), ErrorCode::lockHeld);
    EXPECT_EQ(status(ben).epoch, 1u);
}

TEST_P(LockTest, ALogoutReleasesWhatTheSessionHeldAndLeavesTheLine) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(request(ben, true).ok());
    ASSERT_TRUE(request(ben, false, EditLock::trusts).ok());
    ASSERT_TRUE(ada.ask<EndSession>().ok());
    EXPECT_TRUE(status(ben).held);
    ASSERT_TRUE(ada.login().ok());
    ASSERT_TRUE(request(ada, true).ok());
    ASSERT_TRUE(ben.ask<EndSession>().ok());
    EXPECT_TRUE(status(ada).held);
    EXPECT_EQ(status(ada, EditLock::trusts).holder, "");
}

TEST_P(LockTest, AnotherLoginOnThatHostAndAChangedPasswordElsewhereReleaseItToo) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(ada.login().ok());
    EXPECT_EQ(status(ben).holder, "");

    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(request(away, false, EditLock::trusts).ok());
    ASSERT_TRUE(away.ask<ChangePassword>({1, Bytes{1}, away.newPassword("next password")}).ok());
    EXPECT_EQ(status(ben).holder, "");
    EXPECT_EQ(status(ben, EditLock::trusts).holder, ada.email);
}

TEST_P(LockTest, ASessionThatEndedInAnyOtherWayHoldsNothing) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(request(ada).ok());
    under_->alter("UPDATE sessions SET ended = 1 WHERE ended IS NULL AND account = "
                  "(SELECT id FROM accounts WHERE email_key = 'ada@example.org')");
    EXPECT_TRUE(request(ben)->held);
}

TEST_P(LockTest, TwoHostsOfOneAccountAreTwo) {
    Individual ada = administrator();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    ASSERT_TRUE(request(ada).ok());
    EXPECT_EQ(codeOf(request(away)), ErrorCode::lockHeld);
    EXPECT_FALSE(status(away).held);
}

TEST_P(LockTest, TheHolderWritesAndThatKeepsTheLockAlive) {
    Individual ada = administrator();
    const auto epoch = request(ada)->epoch;
    pass(std::chrono::seconds(20));
    ASSERT_TRUE(write(ada, epoch).ok());
    EXPECT_EQ(written(ada), 9u);
    pass(std::chrono::seconds(20));
    EXPECT_TRUE(write(ada, epoch, 8).ok());
    EXPECT_EQ(status(ada).epoch, epoch);
}

TEST_P(LockTest, AForcedOutHoldersWriteIsRefusedAndChangesNothing) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    const auto epoch = request(ada)->epoch;
    ASSERT_TRUE(force(ben).ok());
    auto before = under_->content();
    const auto refused = write(ada, epoch);
    EXPECT_EQ(codeOf(refused), ErrorCode::lockLost);
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr(ben.email), HasSubstr("nothing was changed")));
    auto after = under_->content();
    for (const char* counted : {"audit", "hosts", "replies"}) {
        before.erase(counted);
        after.erase(counted);
    }
    EXPECT_EQ(after, before);
    EXPECT_EQ(codeOf(write(ada, std::nullopt)), ErrorCode::lockHeld);
    EXPECT_TRUE(write(ben, 2).ok());
}

TEST_P(LockTest, ALockThatExpiredAndWasTakenAgainIsAnother) {
    Individual ada = administrator();
    const auto epoch = request(ada)->epoch;
    pass(kLockExpiry);
    EXPECT_EQ(codeOf(write(ada, epoch)), ErrorCode::lockLost);
    const auto again = request(ada)->epoch;
    EXPECT_GT(again, epoch);
    EXPECT_EQ(codeOf(write(ada, epoch)), ErrorCode::lockLost);
    EXPECT_EQ(written(ada), 3u);
    EXPECT_TRUE(write(ada, again).ok());
}

TEST_P(LockTest, AWriteWithoutALockTakesItAndGivesItBack) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(write(ada, std::nullopt).ok());
    EXPECT_EQ(written(ada), 9u);
    EXPECT_EQ(status(ben).holder, "");
    EXPECT_EQ(status(ben).epoch, 1u);
    EXPECT_THAT(auditReasons(ada, "policy.set"), testing::Contains("Edit Lock \"users\", epoch 1: taken and released"));
    const auto news = events(ada);
    for (const auto& row : news->rows)
        EXPECT_NE(row.kind, "lock"); // nobody could have seen it held
}

TEST_P(LockTest, AWriteWithoutALockIsRefusedWhileAnotherHoldsItAndUsesOnesOwn) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(request(ada).ok());
    EXPECT_EQ(codeOf(write(ben, std::nullopt)), ErrorCode::lockHeld);
    EXPECT_EQ(codeOf(write(ben, 1)), ErrorCode::lockLost);
    EXPECT_EQ(written(ada), 3u);
    EXPECT_TRUE(write(ada, std::nullopt).ok());
    EXPECT_TRUE(renew(ada)->held);
}

TEST_P(LockTest, TheOtherLockGuardsNothingOfThis) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(request(ada, false, EditLock::trusts).ok());
    EXPECT_TRUE(write(ben, std::nullopt).ok());
    EXPECT_EQ(codeOf(write(ada, 1)), ErrorCode::lockLost);
}

TEST_P(LockTest, OfManyWhoForceAtOnceEachGetsAnEpochOfItsOwn) {
    Individual ada = administrator();
    std::vector<Call> calls;
    for (const char* name : {"ben", "cleo", "dan", "eva"}) {
        Individual person = colleague(ada, std::string(name) + "@example.org");
        calls.push_back(person.signedCall<ForceLock>({EditLock::users}));
    }
    std::vector<std::uint64_t> epochs(calls.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < calls.size(); ++i)
        threads.emplace_back([&, i] {
            const auto forced = Individual::answerOf<ForceLock>(kodiac().perform(calls[i]));
            epochs[i] = forced ? forced->lock.epoch : 0;
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_THAT(epochs, testing::UnorderedElementsAre(1, 2, 3, 4));
    EXPECT_EQ(status(ada).epoch, 4u);
}

TEST_P(LockTest, OnlyPrivilegedUsersOfAnOrganizationHaveLocks) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    Individual ivo = settled("ivo@example.org");
    for (Individual* person : {&una, &ivo}) {
        EXPECT_EQ(codeOf(request(*person)), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(force(*person)), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(renew(*person)), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(person->ask<ReleaseLock>({EditLock::users})), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(person->ask<LockStatus>()), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(events(*person)), ErrorCode::notPrivileged);
    }
}

TEST_P(LockTest, EveryChangeOfTheHolderIsAuditedByWhomItWasNoticed) {
    Individual ada = administrator();
    Individual ben = colleague(ada, "ben@example.org");
    ASSERT_TRUE(request(ada).ok());
    ASSERT_TRUE(force(ben).ok());
    release(ben);
    EXPECT_THAT(auditReasons(ada, "lock."), ElementsAre("Edit Lock \"users\", epoch 1: taken",
                                                        "Edit Lock \"users\", epoch 2: forced from ada@example.org",
                                                        "Edit Lock \"users\", epoch 2: released"));

    ASSERT_TRUE(request(ada).ok());
    pass(std::chrono::seconds(20));
    ASSERT_TRUE(request(ben, true).ok());
    pass(std::chrono::seconds(10));
    ASSERT_TRUE(renew(ben).ok()); // quiet, but for what it noticed
    ASSERT_TRUE(renew(ben).ok());
    EXPECT_THAT(auditReasons(ada, "lock.renew"),
                ElementsAre("Edit Lock \"users\", epoch 4: no longer renewed by ada@example.org; handed over to "
                            "ben@example.org, first in line"));
    ASSERT_TRUE(ben.ask<EndSession>().ok());
    EXPECT_THAT(auditReasons(ada, "session.end"),
                ElementsAre("Edit Lock \"users\", epoch 4: the session of ben@example.org ended"));
}

} // namespace
} // namespace ssprotect::kodiac
