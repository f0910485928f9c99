#include "organization_test.h"

#include <atomic>
#include <thread>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using test::Member;

/// What two people decide about an Organization at the same time.
class PeopleRaceTest : public OrganizationTest {
protected:
    /// Sends them all at once; gives how many were done.
    int done(const std::vector<Call>& calls) {
        std::atomic<int> count{0};
        std::atomic<bool> go{false};
        std::vector<std::thread> threads;
        for (const Call& call : calls)
            threads.emplace_back([&] {
                while (!go)
                    std::this_thread::yield();
                if (kodiac().perform(call).ok())
                    ++count;
            });
        go = true;
        for (auto& thread : threads)
            thread.join();
        return count;
    }
    int validatedPrivileged(Member& anybody) {
        int count = 0;
        for (const auto& row : whole(anybody.ask<ListUsers>({"", 500})).rows)
            if (row.state == AccountState::validated && isPrivileged(row.privilege) && !row.attributes.disabled)
                ++count;
        return count;
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, PeopleRaceTest, testing::ValuesIn(implementations()));

TEST_P(PeopleRaceTest, OfTwoDelegatesWhoRemoveEachOtherOneStays) {
    for (const auto* names : {"1", "2", "3"}) {
        under_ = GetParam().make();
        Member ada = this->ada();
        Member cleo = delegate(ada, std::string("cleo") + names + "@example.org");
        Member dora = delegate(ada, std::string("dora") + names + "@example.org");
        under_->setDisabled(ada.email, true);
        std::vector<Call> calls;
        calls.push_back(cleo.signedCall<RemoveUser>({dora.account, {}, {}}));
        calls.push_back(dora.signedCall<RemoveUser>({cleo.account, {}, {}}));
        EXPECT_EQ(done(calls), 1);
        under_->setDisabled(ada.email, false);
        ASSERT_TRUE(ada.login().ok());
        EXPECT_EQ(validatedPrivileged(ada), 2);
    }
}

TEST_P(PeopleRaceTest, OfTwoDelegatesWhoResetEachOtherOneStays) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    Member dora = delegate(ada, "dora@example.org");
    under_->setDisabled(ada.email, true);
    std::vector<Call> calls;
    calls.push_back(cleo.signedCall<ResetUserPassword>({dora.account, {}}));
    calls.push_back(dora.signedCall<ResetUserPassword>({cleo.account, {}}));
    EXPECT_EQ(done(calls), 1);
}

TEST_P(PeopleRaceTest, OfTwoValidationsTheLastSeatGoesToOne) {
    auto small = founding();
    small.organization.seats = 3;
    Member ada = whole(test::foundOrganization(small));
    Member cleo = delegate(ada);
    Member ben = registered(ada);
    Member dora = registered(ada, "dora@example.org");
    std::vector<Call> calls;
    calls.push_back(ada.signedCall<ValidateUser>(ada.validationOf(ben)));
    calls.push_back(cleo.signedCall<ValidateUser>(cleo.validationOf(dora)));
    EXPECT_EQ(done(calls), 1);
    EXPECT_EQ(whole(under_->authority().organizations())[0].seatsUsed, 3u);
}

TEST_P(PeopleRaceTest, OfTwoHostsThatUseACodeOneRegisters) {
    Member ada = this->ada();
    Member ben = provisioned(ada);
    Member eve(kodiac(), random_, ben.email);
    const auto code = codeFor(ben);
    std::vector<Call> calls;
    calls.push_back(callFor<FinishRegistration>(ben.registration(whole(ben.startRegistration(code)), code)));
    calls.push_back(callFor<FinishRegistration>(eve.registration(whole(eve.startRegistration(code)), code)));
    EXPECT_EQ(done(calls), 1);
    EXPECT_EQ(mailsTo(ada.email, MailKind::readyForValidation), 1);
}

TEST_P(PeopleRaceTest, OfTwoRotationsOneIsDone) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    std::vector<Call> calls;
    calls.push_back(ada.signedCall<RotateContentKey>(whole(ada.rotation())));
    calls.push_back(cleo.signedCall<RotateContentKey>(whole(cleo.rotation())));
    EXPECT_EQ(done(calls), 1);
    EXPECT_EQ(whole(ada.ask<GetVault>()).keyEpoch, 2u);
}

TEST_P(PeopleRaceTest, ALoginOnItsWayWhenThePasswordIsChangedLeavesNoSession) {
    Member ada = this->ada();
    Member ben = user(ada);
    Individual away = ben.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    int hadLoggedIn = 0;
    for (int i = 0; i < 20; ++i) {
        pass(std::chrono::minutes(1)); // which a login with a former password makes the next one wait
        ASSERT_TRUE(away.login().ok());
        const std::string next = "password " + std::to_string(i);
        const auto login = away.finishCall(away.finishRequest(whole(away.startLogin())));
        const auto change = ben.signedCall<ChangePassword>({ben.vaultGeneration, Bytes{1}, ben.newPassword(next)});
        // At once, or when the login is past its proof, so that it comes first.
        std::atomic<bool> go{i % 2 == 0};
        under_->onStatement([&](std::string_view sql) {
            if (sql.starts_with("INSERT INTO sessions"))
                go = true;
        });
        std::thread changing([&] {
            while (!go)
                std::this_thread::yield();
            EXPECT_TRUE(kodiac().perform(change).ok());
        });
        const Status loggedIn = away.takeLogin(kodiac().perform(login));
        go = true;
        changing.join();
        under_->onStatement({});
        ++ben.vaultGeneration;
        ben.password = away.password = next;
        if (loggedIn.ok()) {
            ++hadLoggedIn;
            EXPECT_EQ(codeOf(away.ask<ShowAccount>()), ErrorCode::notLoggedIn);
        }
    }
    EXPECT_GT(hadLoggedIn, 0) << "no login was on its way";
}

} // namespace
} // namespace ssprotect::kodiac
