#include "another_host.h"
#include "organization_test.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/report_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using test::Member;
using testing::SizeIs;

/// Removal, reset, and what they leave behind.
class LeavingTest : public OrganizationTest {
protected:
    const kodiac::Member& rowOf(const GetVault::Response& vault, const Member& who, std::uint32_t generation = 1) {
        for (const auto& member : vault.members)
            if (member.account == who.account && member.generation == generation)
                return member;
        ADD_FAILURE() << "no such member";
        return vault.members.at(0);
    }
    /// From the reset to the first login, with new keys.
    void comeBack(Member& by, Member& who) {
        ASSERT_TRUE(by.resetPasswordOf(who).ok());
        who.makeNewKeys();
        who.password = "a new password for it";
        ASSERT_TRUE(who.registerWith(codeFor(who, MailKind::passwordReset)).ok());
        ASSERT_TRUE(by.validate(who).ok());
        ASSERT_TRUE(who.comeIn().ok());
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, LeavingTest, testing::ValuesIn(implementations()));

TEST_P(LeavingTest, ARemovedAccountIsOutAtOnceAndItsUsernameIsFree) {
    Member ada = this->ada();
    Member ben = user(ada);
    ASSERT_TRUE(ada.remove(ben).ok());
    EXPECT_EQ(mailsTo(ben.email, MailKind::accountRemoved), 1);
    EXPECT_EQ(codeOf(ben.begin()), ErrorCode::notLoggedIn);
    EXPECT_EQ(codeOf(ben.login()), ErrorCode::loginFailed);
    Member next = user(ada, ben.email);
    EXPECT_NE(next.account, ben.account);
    EXPECT_TRUE(next.begin().ok());
    EXPECT_EQ(codeOf(ada.ask<RemoveUser>({ben.account, {}, {}})), ErrorCode::notFound);
}

TEST_P(LeavingTest, ItsHistoryStaysReadable) {
    Member ada = this->ada();
    Member ben = user(ada);
    const auto identity = whole(ben.store());
    ASSERT_TRUE(ada.remove(ben).ok());
    EXPECT_EQ(whole(ada.open(identity)).creatorKey, ben.signingKey().publicKey());
    const auto vault = whole(ada.ask<GetVault>());
    EXPECT_FALSE(rowOf(vault, ben).current);
    EXPECT_EQ(rowOf(vault, ben).email, ben.email);
}

TEST_P(LeavingTest, WhatARemovedAccountHasOpenIsStillClosedUnderTheKeysItHas) {
    Member ada = this->ada();
    Member ben = user(ada);
    const auto identity = whole(ben.store());
    const auto opened = whole(ben.open(identity));
    ASSERT_TRUE(ada.remove(ben).ok());
    ASSERT_TRUE(ada.rotate().ok());
    const auto stored = whole(ben.store(Individual::fileOf(identity), opened.grant));
    EXPECT_EQ(container::Identity::parse(stored)->keyEpoch, 1u);
    EXPECT_EQ(codeOf(ben.store(Individual::fileOf(identity), opened.grant)), ErrorCode::refused);
    EXPECT_EQ(codeOf(ben.begin()), ErrorCode::notLoggedIn);
    EXPECT_TRUE(ada.open(stored).ok());
}

TEST_P(LeavingTest, TheContentKeyIsToBeRotatedWhenAMemberLeaves) {
    Member ada = this->ada();
    Member ben = user(ada);
    EXPECT_FALSE(whole(ada.ask<GetVault>()).rotationPending);
    ASSERT_TRUE(ada.remove(ben).ok());
    EXPECT_TRUE(whole(ada.ask<GetVault>()).rotationPending);
    ASSERT_TRUE(ada.rotate().ok());
    const auto vault = whole(ada.ask<GetVault>());
    EXPECT_FALSE(vault.rotationPending);
    EXPECT_EQ(vault.keyEpoch, 2u);
    EXPECT_EQ(container::Identity::parse(whole(ada.store()))->keyEpoch, 2u);
}

TEST_P(LeavingTest, WhoNeverHadAKeyLeavesNoneBehind) {
    Member ada = this->ada();
    Member ben = registered(ada);
    ASSERT_TRUE(ada.remove(ben).ok());
    Member dora = provisioned(ada, "dora@example.org");
    const auto code = codeFor(dora);
    ASSERT_TRUE(ada.remove(dora).ok());
    EXPECT_EQ(codeOf(dora.registerWith(code)), ErrorCode::notFound);
    EXPECT_FALSE(whole(ada.ask<GetVault>()).rotationPending);
}

TEST_P(LeavingTest, WhatARemovedDelegateHasSignedMustBeSignedAnew) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    Member ben = user(cleo);
    Member dora = user(cleo, "dora@example.org");
    ASSERT_TRUE(ada.remove(dora).ok());
    EXPECT_EQ(codeOf(ada.ask<RemoveUser>({cleo.account, {}, {}})), ErrorCode::changedMeanwhile);
    auto some = whole(ada.signAnew(cleo.account));
    ASSERT_THAT(some, SizeIs(2));
    some.pop_back();
    EXPECT_EQ(codeOf(ada.ask<RemoveUser>({cleo.account, some, {}})), ErrorCode::changedMeanwhile);
    auto forged = whole(ada.signAnew(cleo.account));
    forged[0].signature[0] ^= 1;
    EXPECT_EQ(codeOf(ada.ask<RemoveUser>({cleo.account, forged, {}})), ErrorCode::invalidInput);
    EXPECT_TRUE(cleo.ask<ShowAccount>().ok());
    ASSERT_TRUE(ada.remove(cleo).ok());
    const auto vault = whole(ben.ask<GetVault>());
    EXPECT_THAT(vault.delegates, SizeIs(0));
    for (const auto& who : {std::cref(ben), std::cref(dora)}) {
        const auto& row = rowOf(vault, who);
        EXPECT_EQ(row.signer, ada.account);
        EXPECT_TRUE(crypto::verifySignature(ada.signingKey().publicKey(), memberStatementBytes(ada.organization, row),
                                            row.signature));
    }
}

TEST_P(LeavingTest, TheAdministratorIsNotRemoved) {
    Member ada = this->ada();
    EXPECT_EQ(codeOf(ada.ask<RemoveUser>({ada.account, {}, {}})), ErrorCode::lastPrivileged);
    Member cleo = delegate(ada);
    EXPECT_EQ(codeOf(cleo.ask<RemoveUser>({ada.account, {}, {}})), ErrorCode::refused);
    EXPECT_TRUE(ada.begin().ok());
}

TEST_P(LeavingTest, TheLastPrivilegedUserRemovesNotEvenItself) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    under_->setDisabled(ada.email, true);
    EXPECT_EQ(codeOf(cleo.ask<RemoveUser>({cleo.account, {}, {}})), ErrorCode::lastPrivileged);
    EXPECT_EQ(codeOf(under_->authority().setDisabled(cleo.email, true)), ErrorCode::lastPrivileged);
    under_->setDisabled(ada.email, false);
    EXPECT_TRUE(cleo.ask<RemoveUser>({cleo.account, {}, {}}).ok());
}

TEST_P(LeavingTest, TheOperatorDoesNotDisableTheLastPrivilegedUser) {
    Member ada = this->ada();
    EXPECT_EQ(codeOf(under_->authority().setDisabled(ada.email, true)), ErrorCode::lastPrivileged);
    EXPECT_TRUE(ada.begin().ok());
    Member ben = user(ada);
    under_->setDisabled(ben.email, true);
    EXPECT_EQ(mailsTo(ben.email, MailKind::accountDisabled), 1);
    EXPECT_EQ(codeOf(ben.begin()), ErrorCode::accountDisabled);
    EXPECT_EQ(codeOf(ben.login()), ErrorCode::accountDisabled);
    under_->setDisabled(ben.email, false);
    EXPECT_TRUE(ben.login().ok());
    Individual ivy = settled("ivy@example.org");
    EXPECT_TRUE(under_->authority().setDisabled(ivy.email, true).ok());
}

TEST_P(LeavingTest, AResetAccountComesBackWithItsIdAndNewKeys) {
    Member ada = this->ada();
    Member ben = user(ada);
    const AccountId before = ben.account;
    const auto identity = whole(ben.store());
    const auto oldKey = ben.signingKey().publicKey();
    comeBack(ada, ben);
    EXPECT_EQ(ben.account, before);
    EXPECT_EQ(whole(ben.open(identity)).creatorKey, oldKey);
    const auto next = whole(ben.store(Individual::fileOf(identity)));
    EXPECT_EQ(whole(ada.open(next)).creatorKey, ben.signingKey().publicKey());
    const auto vault = whole(ada.ask<GetVault>());
    EXPECT_FALSE(rowOf(vault, ben, 1).current);
    EXPECT_EQ(rowOf(vault, ben, 1).keys.signing, oldKey);
    EXPECT_TRUE(rowOf(vault, ben, 2).current);
    EXPECT_EQ(rowOf(vault, ben, 2).keys.signing, ben.signingKey().publicKey());
}

TEST_P(LeavingTest, AResetEndsPasswordSessionsAndTheUseOfTheOldKeys) {
    Member ada = this->ada();
    Member ben = user(ada);
    ASSERT_TRUE(ada.resetPasswordOf(ben).ok());
    EXPECT_EQ(mailsTo(ben.email, MailKind::passwordReset), 1);
    EXPECT_EQ(codeOf(ben.ask<ShowAccount>()), ErrorCode::notLoggedIn);
    EXPECT_EQ(codeOf(ben.login()), ErrorCode::loginFailed);
    EXPECT_EQ(codeOf(ben.resetPassword("another password")), ErrorCode::loginFailed);
    EXPECT_EQ(codeOf(ada.ask<ResetUserPassword>({ben.account, {}})), ErrorCode::refused);
}

TEST_P(LeavingTest, NobodyResetsItself) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    for (Member* self : {&ada, &cleo}) {
        const auto refused = self->ask<ResetUserPassword>({self->account, {}});
        EXPECT_EQ(codeOf(refused), ErrorCode::refused);
        EXPECT_THAT(refused.error().message, testing::HasSubstr("change-password"));
    }
    EXPECT_TRUE(cleo.begin().ok());
    EXPECT_EQ(mailsTo(cleo.email, MailKind::passwordReset), 0);
}

TEST_P(LeavingTest, NewKeysEndWhateverIsLeftOfFormerSessions) {
    Member ada = this->ada();
    Member ben = user(ada);
    const auto token = ben.token.clone();
    const auto session = ben.session.session;
    ASSERT_TRUE(ada.resetPasswordOf(ben).ok());
    under_->alter("UPDATE sessions SET ended = NULL"); // as a login leaves one that was on its way
    ben.makeNewKeys();
    ASSERT_TRUE(ben.registerWith(codeFor(ben, MailKind::passwordReset)).ok());
    ASSERT_TRUE(ada.validate(ben).ok());
    ben.token = token.clone();
    ben.session.session = session;
    EXPECT_EQ(codeOf(Individual::answerOf<GetVault>(ben.send(ben.callWithoutCode<GetVault>()))),
              ErrorCode::notLoggedIn);
}

TEST_P(LeavingTest, WhatAResetAccountHasOpenIsClosedWithTheKeysItWasOpenedWith) {
    Member ada = this->ada();
    Member ben = user(ada);
    const auto identity = whole(ben.store());
    const auto opened = whole(ben.open(identity));
    const auto oldKey = ben.signingKey().publicKey();
    ASSERT_TRUE(ada.resetPasswordOf(ben).ok());
    const auto stored = whole(ben.store(Individual::fileOf(identity), opened.grant));
    ben.makeNewKeys();
    ASSERT_TRUE(ben.registerWith(codeFor(ben, MailKind::passwordReset)).ok());
    ASSERT_TRUE(ada.validate(ben).ok());
    EXPECT_EQ(whole(ada.open(stored)).creatorKey, oldKey);
}

TEST_P(LeavingTest, TheOldSecondFactorIsVoidOnceTheNewKeysAreThere) {
    Member ada = this->ada();
    Member ben = user(ada);
    const auto oldSecret = ben.hotpSecret.clone();
    const auto oldCounter = ben.counter;
    comeBack(ada, ben);
    EXPECT_FALSE(crypto::equalSecrets(ben.hotpSecret, oldSecret));
    ben.hotpSecret = oldSecret.clone();
    ben.counter = oldCounter;
    EXPECT_EQ(codeOf(ben.ask<ShowAccount>()), ErrorCode::secondFactorRefused);
}

TEST_P(LeavingTest, NewKeysTakeTheAccountsHostsAwayUntilTheyAreApprovedAnew) {
    Member ada = this->ada();
    Member ben = user(ada);
    const HostId former = ben.host;
    Individual away = arrived(ben);
    ASSERT_TRUE(away.enrolHost().ok());
    ASSERT_TRUE(away.ask<ShowAccount>().ok());
    ben.host = HostId::random(random_);
    comeBack(ada, ben);
    EXPECT_THAT(ben.ask<ListHosts>()->rows, SizeIs(1)) << "the one it registered on";

    away.password = ben.password;
    ASSERT_TRUE(away.login().ok()); // the code it gives is not looked at
    EXPECT_FALSE(away.session.hostEnrolled);
    EXPECT_EQ(codeOf(away.ask<ShowAccount>()), ErrorCode::secondFactorMissing);
    EXPECT_EQ(codeOf(away.enrolHost()), ErrorCode::secondFactorRefused) << "with the former keys";
    const crypto::PublicKey key{1, 2, 3};
    ASSERT_TRUE(askWithoutCode<RequestHost>(away, {key}).ok());
    ASSERT_TRUE(ben.ask<ApproveHost>({away.host, key, {9}, Bytes(48, 7)}).ok());
    EXPECT_TRUE(askWithoutCode<HostApproval>(away)->approved);

    std::vector<std::string> removed;
    const auto trail = whole(ben.ask<ListAudit>({0, 100}));
    for (const auto& row : trail.rows)
        if (row.operation == FinishRegistration::kName && !row.reason.empty())
            removed.push_back(row.reason);
    EXPECT_THAT(removed, testing::UnorderedElementsAre("removed desk (" + former.hex() + ")",
                                                       "removed another (" + away.host.hex() + ")"));
}

TEST_P(LeavingTest, AResetAloneTakesNoHostAway) {
    Member ada = this->ada();
    Member ben = user(ada);
    Individual away = arrived(ben);
    ASSERT_TRUE(away.enrolHost().ok());
    const auto identity = whole(ben.store());
    const auto opened = whole(away.open(identity));
    ASSERT_TRUE(ada.resetPasswordOf(ben).ok());
    EXPECT_TRUE(away.store(Individual::fileOf(identity), opened.grant).ok());
}

TEST_P(LeavingTest, AResetAccountKeepsItsSeat) {
    auto small = founding();
    small.organization.seats = 2;
    Member ada = whole(test::foundOrganization(small));
    Member ben = user(ada);
    Member dora = registered(ada, "dora@example.org");
    ASSERT_TRUE(ada.resetPasswordOf(ben).ok());
    EXPECT_EQ(codeOf(ada.validate(dora)), ErrorCode::noSeat);
    ben.makeNewKeys();
    ASSERT_TRUE(ben.registerWith(codeFor(ben, MailKind::passwordReset)).ok());
    EXPECT_TRUE(ada.validate(ben).ok());
}

TEST_P(LeavingTest, DismissingAResetAccountFreesItsSeatAndAsksForANewContentKey) {
    Member ada = this->ada();
    Member ben = user(ada);
    ASSERT_TRUE(ada.resetPasswordOf(ben).ok());
    ASSERT_TRUE(ada.ask<DismissUser>({ben.account, {}}).ok());
    EXPECT_TRUE(whole(ada.ask<GetVault>()).rotationPending);
    EXPECT_EQ(whole(under_->authority().organizations())[0].seatsUsed, 1u);
}

TEST_P(LeavingTest, AResetDelegateIsAUserUntilTheRootSignsItAgain) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    Member ben = user(cleo);
    EXPECT_EQ(codeOf(ada.ask<ResetUserPassword>({cleo.account, {}})), ErrorCode::changedMeanwhile);
    comeBack(ada, cleo);
    EXPECT_EQ(whole(cleo.ask<ShowAccount>()).privilege, "user");
    EXPECT_EQ(rowOf(whole(ben.ask<GetVault>()), ben).signer, ada.account);
}

TEST_P(LeavingTest, TheAdministratorsKeysComeBackByImportOnly) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    EXPECT_EQ(codeOf(cleo.ask<ResetUserPassword>({ada.account, {}})), ErrorCode::refused);
    EXPECT_EQ(codeOf(ada.ask<ResetUserPassword>({ada.account, {}})), ErrorCode::refused);
    EXPECT_TRUE(ada.resetPassword("another password").ok());
}

TEST_P(LeavingTest, UsersResetNobody) {
    Member ada = this->ada();
    Member ben = user(ada);
    EXPECT_EQ(codeOf(ben.ask<ResetUserPassword>({ada.account, {}})), ErrorCode::notPrivileged);
    EXPECT_EQ(codeOf(ben.ask<RemoveUser>({ada.account, {}, {}})), ErrorCode::notPrivileged);
    EXPECT_EQ(codeOf(ben.ask<DismissUser>({ada.account, {}})), ErrorCode::notPrivileged);
}

} // namespace
} // namespace ssprotect::kodiac
