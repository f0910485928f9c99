#include "organization_test.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using test::Member;
using testing::IsEmpty;
using testing::SizeIs;

/// The Administrator's role, and the Organization's content key.
class TransferTest : public OrganizationTest {
protected:
    template <class Change> ErrorCode refusedWith(Member& giver, const Member& taker, Change change) {
        auto request = giver.transferTo(taker);
        change(request);
        return codeOf(giver.ask<TransferAdministrator>(request));
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, TransferTest, testing::ValuesIn(implementations()));

TEST_P(TransferTest, TheDelegateHoldsTheRootThenAndTheGiverIsADelegate) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    ASSERT_TRUE(ada.ask<TransferAdministrator>(ada.transferTo(cleo)).ok());
    EXPECT_EQ(whole(ada.ask<ShowAccount>()).privilege, "delegate");
    EXPECT_EQ(whole(cleo.ask<ShowAccount>()).privilege, "administrator");
    EXPECT_EQ(mailsTo(ada.email, MailKind::roleChanged), 1);
    EXPECT_EQ(mailsTo(cleo.email, MailKind::roleChanged), 2); // a Delegate, then the Administrator
    const auto vault = whole(ada.ask<GetVault>());
    EXPECT_EQ(vault.organizationRoot.signing, cleo.signingKey().publicKey());
    ASSERT_THAT(vault.transfers, SizeIs(1));
    EXPECT_TRUE(crypto::verifySignature(ada.signingKey().publicKey(),
                                        rootTransferBytes(ada.organization, vault.transfers[0]),
                                        vault.transfers[0].signature));
    ASSERT_THAT(vault.delegates, SizeIs(1));
    EXPECT_EQ(vault.delegates[0].account, ada.account);
    EXPECT_TRUE(crypto::verifySignature(ada.signingKey().publicKey(),
                                        delegateStatementBytes(ada.organization, ada.account, ada.keys()),
                                        vault.delegates[0].signature));
}

TEST_P(TransferTest, TheNewAdministratorActsAndMayGiveTheRoleBack) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    ASSERT_TRUE(ada.ask<TransferAdministrator>(ada.transferTo(cleo)).ok());
    Member dora = delegate(cleo, "dora@example.org");
    EXPECT_EQ(whole(dora.ask<ShowAccount>()).privilege, "delegate");
    ASSERT_TRUE(cleo.ask<TransferAdministrator>(cleo.transferTo(ada, 2)).ok());
    const auto vault = whole(dora.ask<GetVault>());
    EXPECT_EQ(vault.organizationRoot.signing, ada.signingKey().publicKey());
    EXPECT_THAT(vault.transfers, SizeIs(2));
    EXPECT_THAT(vault.delegates, SizeIs(2));
}

TEST_P(TransferTest, OnlyAValidatedEnabledDelegateTakesTheRole) {
    Member ada = this->ada();
    Member ben = user(ada);
    EXPECT_EQ(codeOf(ada.ask<TransferAdministrator>(ada.transferTo(ben))), ErrorCode::refused);
    EXPECT_EQ(codeOf(ada.ask<TransferAdministrator>(ada.transferTo(ada))), ErrorCode::refused);
    Member cleo = delegate(ada);
    under_->setDisabled(cleo.email, true);
    EXPECT_EQ(codeOf(ada.ask<TransferAdministrator>(ada.transferTo(cleo))), ErrorCode::refused);
    under_->setDisabled(cleo.email, false);
    EXPECT_TRUE(ada.ask<TransferAdministrator>(ada.transferTo(cleo)).ok());
}

TEST_P(TransferTest, OnlyTheAdministratorGivesIt) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    Member dora = delegate(ada, "dora@example.org");
    EXPECT_EQ(codeOf(cleo.ask<TransferAdministrator>(cleo.transferTo(dora))), ErrorCode::refused);
    ASSERT_TRUE(ada.ask<TransferAdministrator>(ada.transferTo(cleo)).ok());
    EXPECT_EQ(codeOf(ada.ask<TransferAdministrator>(ada.transferTo(dora, 2))), ErrorCode::refused);
}

TEST_P(TransferTest, EveryPartMustBeSignedByTheRootThatIsGivenUp) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    Member dora = delegate(ada, "dora@example.org");
    EXPECT_EQ(refusedWith(ada, cleo, [](auto& r) { r.transfer.signature[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith(ada, cleo, [](auto& r) { r.transfer.number = 2; }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refusedWith(ada, cleo, [&](auto& r) { r.transfer.from = dora.account; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith(ada, cleo, [&](auto& r) { r.transfer.to = dora.account; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith(ada, cleo, [&](auto& r) { r.transfer.newRoot = dora.signingKey().publicKey(); }),
              ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith(ada, cleo, [&](auto& r) { r.transfer.oldRoot = dora.signingKey().publicKey(); }),
              ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith(ada, cleo, [](auto& r) { r.giver.signature[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith(ada, cleo, [&](auto& r) { r.giver = ada.delegateStatementAbout(cleo); }),
              ErrorCode::invalidInput);
    EXPECT_THAT(whole(ada.ask<GetVault>()).transfers, IsEmpty());
    EXPECT_TRUE(ada.ask<TransferAdministrator>(ada.transferTo(cleo)).ok());
}

TEST_P(TransferTest, EveryValidatedMemberGetsTheNextContentKeyAndReadsWithIt) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    Member ben = user(ada);
    ASSERT_TRUE(cleo.rotate().ok());
    ASSERT_TRUE(ben.fetchKeys().ok());
    ASSERT_TRUE(ada.fetchKeys().ok());
    ASSERT_THAT(ben.contentKeys, SizeIs(2));
    EXPECT_TRUE(crypto::equalSecrets(ben.contentKeys[2], cleo.contentKeys[2]));
    EXPECT_TRUE(crypto::equalSecrets(ada.contentKeys[2], cleo.contentKeys[2]));
    EXPECT_FALSE(crypto::equalSecrets(ben.contentKeys[1], ben.contentKeys[2]));
}

TEST_P(TransferTest, OfTwoHostsThatRotateOneIsFaster) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    const auto first = whole(ada.rotation());
    const auto second = whole(cleo.rotation());
    ASSERT_TRUE(ada.ask<RotateContentKey>(first).ok());
    EXPECT_EQ(codeOf(cleo.ask<RotateContentKey>(second)), ErrorCode::versionConflict);
    ASSERT_TRUE(cleo.fetchKeys().ok());
    EXPECT_TRUE(cleo.rotate().ok());
    EXPECT_EQ(whole(ada.ask<GetVault>()).keyEpoch, 3u);
}

TEST_P(TransferTest, ARotationIsForExactlyTheValidatedMembers) {
    Member ada = this->ada();
    Member ben = user(ada);
    Member dora = registered(ada, "dora@example.org");
    const auto refused = [&](auto change) {
        auto request = whole(ada.rotation());
        change(request);
        return codeOf(ada.ask<RotateContentKey>(request));
    };
    EXPECT_EQ(refused([](auto& r) { r.envelopes.pop_back(); }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refused([](auto& r) { r.envelopes.push_back(r.envelopes[0]); }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refused([&](auto& r) { r.envelopes[0].account = dora.account; }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refused([&](auto& r) { std::swap(r.envelopes[0].account, r.envelopes[1].account); }),
              ErrorCode::invalidInput);
    EXPECT_EQ(refused([](auto& r) { r.envelopes[0].key.signature[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refused([](auto& r) { r.envelopes[0].key.epoch = 1; }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refused([](auto& r) { r.epoch = 3; }), ErrorCode::versionConflict);
    EXPECT_EQ(whole(ada.ask<GetVault>()).keyEpoch, 1u);
    EXPECT_EQ(codeOf(ben.rotate()), ErrorCode::notPrivileged);
    auto stale = whole(ada.rotation());
    ASSERT_TRUE(ada.validate(dora).ok());
    EXPECT_EQ(codeOf(ada.ask<RotateContentKey>(stale)), ErrorCode::changedMeanwhile);
}

} // namespace
} // namespace ssprotect::kodiac
