#include "organization_test.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using test::Member;
using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

class ValidationTest : public OrganizationTest {
protected:
    std::vector<std::string> audit() { return under_->content()["audit"]; }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, ValidationTest, testing::ValuesIn(implementations()));

TEST_P(ValidationTest, TheFirstLoginAfterItReceivesEveryContentKey) {
    Member ada = this->ada();
    ASSERT_TRUE(ada.rotate().ok());
    Member ben = registered(ada);
    ASSERT_TRUE(ada.validate(ben).ok());
    EXPECT_EQ(mailsTo(ben.email, MailKind::validated), 1);
    ASSERT_TRUE(ben.comeIn().ok());
    ASSERT_THAT(ben.contentKeys, SizeIs(2));
    for (const auto& [epoch, key] : ada.contentKeys)
        EXPECT_TRUE(crypto::equalSecrets(ben.contentKeys[epoch], key)) << epoch;
    EXPECT_TRUE(ben.begin().ok());
}

TEST_P(ValidationTest, AMemberOpensWhatAnotherHasProtected) {
    Member ada = this->ada();
    const auto identity = whole(ada.store());
    Member ben = user(ada);
    const auto opened = whole(ben.open(identity));
    EXPECT_EQ(opened.creatorKey, ada.signingKey().publicKey());
    const auto stored = whole(ben.store(Individual::fileOf(identity), opened.grant));
    EXPECT_EQ(whole(ada.open(stored)).creatorKey, ben.signingKey().publicKey());
}

TEST_P(ValidationTest, TheVaultNamesEveryMemberWithItsSignatures) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    Member ben = user(cleo);
    const auto vault = whole(ben.ask<GetVault>());
    ASSERT_THAT(vault.members, SizeIs(3));
    ASSERT_THAT(vault.delegates, SizeIs(1));
    EXPECT_TRUE(crypto::verifySignature(vault.organizationRoot.signing,
                                        delegateStatementBytes(ada.organization, cleo.account, cleo.keys()),
                                        vault.delegates[0].signature));
    const auto self = std::find_if(vault.members.begin(), vault.members.end(),
                                   [&](const auto& member) { return member.account == ben.account; });
    ASSERT_NE(self, vault.members.end());
    EXPECT_TRUE(self->current);
    EXPECT_EQ(self->signer, cleo.account);
    EXPECT_TRUE(crypto::verifySignature(cleo.signingKey().publicKey(), memberStatementBytes(ada.organization, *self),
                                        self->signature));
}

TEST_P(ValidationTest, OnlyThePresentKeysOfARegisteredAccountAreValidated) {
    Member ada = this->ada();
    Member early = provisioned(ada, "early@example.org");
    EXPECT_EQ(codeOf(ada.validate(early)), ErrorCode::refused);
    Member ben = registered(ada);
    Member eve(kodiac(), random_, ben.email);
    eve.account = ben.account;
    eve.organization = ben.organization;
    EXPECT_EQ(codeOf(ada.validate(eve)), ErrorCode::changedMeanwhile);
    eve.email = "eve@example.org";
    EXPECT_EQ(codeOf(ada.validate(eve)), ErrorCode::invalidInput);
    eve.account = AccountId::random(random_);
    EXPECT_EQ(codeOf(ada.validate(eve)), ErrorCode::notFound);
    ASSERT_TRUE(ada.validate(ben).ok());
    EXPECT_EQ(codeOf(ada.validate(ben)), ErrorCode::refused);
    EXPECT_EQ(codeOf(ada.validate(ada)), ErrorCode::refused);
}

TEST_P(ValidationTest, TheStatementAndTheKeysMustBeTheCallersOwn) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    Member ben = registered(ada);
    const auto refusedWith = [&](auto change) {
        auto request = ada.validationOf(ben);
        change(request);
        return codeOf(ada.ask<ValidateUser>(request));
    };
    EXPECT_EQ(refusedWith([](auto& r) { r.statement.signature[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.statement = cleo.statementAbout(ben); }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.statement.signer = cleo.account; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKeys.clear(); }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKeys[0].epoch = 2; }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKeys.push_back(r.contentKeys[0]); }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKeys[0].ciphertext[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.contentKeys = cleo.validationOf(ben).contentKeys; }),
              ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.contentKeys = ada.validationOf(cleo).contentKeys; }),
              ErrorCode::invalidInput);
    ASSERT_TRUE(ada.rotate().ok());
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKeys.pop_back(); }), ErrorCode::changedMeanwhile);
    EXPECT_TRUE(ada.validate(ben).ok());
}

TEST_P(ValidationTest, OnlyTheRootMakesADelegate) {
    Member ada = this->ada();
    Member cleo = delegate(ada);
    EXPECT_EQ(mailsTo(cleo.email, MailKind::roleChanged), 1);
    EXPECT_EQ(whole(cleo.ask<ShowAccount>()).privilege, "delegate");
    Member ben = registered(ada);
    EXPECT_EQ(codeOf(cleo.validate(ben, true)), ErrorCode::refused);
    auto request = ada.validationOf(ben, true);
    request.delegate->signature[0] ^= 1;
    EXPECT_EQ(codeOf(ada.ask<ValidateUser>(request)), ErrorCode::invalidInput);
    request = ada.validationOf(ben);
    request.delegate = ada.delegateStatementAbout(cleo);
    EXPECT_EQ(codeOf(ada.ask<ValidateUser>(request)), ErrorCode::invalidInput);
    ASSERT_TRUE(cleo.validate(ben).ok());
    ASSERT_TRUE(ben.comeIn().ok());
    EXPECT_EQ(whole(ben.ask<ShowAccount>()).privilege, "user");
}

TEST_P(ValidationTest, AUserValidatesNobody) {
    Member ada = this->ada();
    Member ben = user(ada);
    Member dora = registered(ada, "dora@example.org");
    EXPECT_EQ(codeOf(ben.validate(dora)), ErrorCode::notPrivileged);
    Member alone = Member(kodiac(), random_, "ivy@example.org");
    ASSERT_TRUE(alone.settle().ok());
    EXPECT_EQ(codeOf(alone.validate(dora)), ErrorCode::notPrivileged);
}

TEST_P(ValidationTest, AnotherOrganizationsAccountIsNotFound) {
    Member ada = this->ada();
    Member ben = registered(ada);
    auto other = founding();
    other.organization.name = "Another";
    other.organization.administratorEmail = "zoe@example.org";
    Member zoe = whole(test::foundOrganization(other));
    EXPECT_EQ(codeOf(zoe.validate(ben)), ErrorCode::notFound);
    EXPECT_EQ(codeOf(zoe.ask<DismissUser>({ben.account, {}})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(zoe.ask<RemoveUser>({ben.account, {}, {}})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(zoe.ask<ResetUserPassword>({ben.account, {}})), ErrorCode::notFound);
}

TEST_P(ValidationTest, ValidatingWithoutComparingTheCodesIsAuditedAsUnverified) {
    Member ada = this->ada();
    Member ben = registered(ada);
    auto request = ada.validationOf(ben);
    request.compared = false;
    ASSERT_TRUE(ada.ask<ValidateUser>(request).ok());
    EXPECT_THAT(audit(), Contains(HasSubstr("unverified")));
    Member dora = registered(ada, "dora@example.org");
    ASSERT_TRUE(ada.validate(dora).ok());
    EXPECT_THAT(audit(), Contains(HasSubstr("were compared")));
}

TEST_P(ValidationTest, ItTakesASeatWhichIsFreeAgainWithTheAccount) {
    auto small = founding();
    small.organization.seats = 2;
    Member ada = whole(test::foundOrganization(small));
    Member ben = user(ada);
    Member dora = registered(ada, "dora@example.org");
    EXPECT_EQ(codeOf(ada.validate(dora)), ErrorCode::noSeat);
    ASSERT_TRUE(ada.remove(ben).ok());
    EXPECT_TRUE(ada.validate(dora).ok());
}

TEST_P(ValidationTest, ADismissedAccountStaysOut) {
    Member ada = this->ada();
    Member ben = registered(ada);
    ASSERT_TRUE(ada.ask<DismissUser>({ben.account, {}}).ok());
    EXPECT_EQ(mailsTo(ben.email, MailKind::dismissed), 1);
    EXPECT_EQ(codeOf(ada.validate(ben)), ErrorCode::accountDismissed);
    EXPECT_EQ(codeOf(ada.ask<DismissUser>({ben.account, {}})), ErrorCode::refused);
    EXPECT_EQ(codeOf(ben.login()), ErrorCode::accountDismissed);
    Member dora = provisioned(ada, "dora@example.org");
    const auto code = codeFor(dora);
    ASSERT_TRUE(ada.ask<DismissUser>({dora.account, {}}).ok());
    EXPECT_EQ(codeOf(dora.registerWith(code)), ErrorCode::notFound);
}

TEST_P(ValidationTest, AValidatedAccountIsRemovedNotDismissed) {
    Member ada = this->ada();
    Member ben = user(ada);
    EXPECT_EQ(codeOf(ada.ask<DismissUser>({ben.account, {}})), ErrorCode::refused);
    EXPECT_EQ(codeOf(ada.ask<DismissUser>({ada.account, {}})), ErrorCode::refused);
    EXPECT_TRUE(ben.begin().ok());
}

TEST_P(ValidationTest, EachStepNamesItsSubjectInTheAuditTrailAlsoWhenItIsRefused) {
    Member ada = this->ada();
    Member ben = registered(ada);
    ASSERT_TRUE(ada.validate(ben).ok());
    EXPECT_EQ(codeOf(ada.validate(ben)), ErrorCode::refused);
    std::string subject = ben.account.hex();
    std::transform(subject.begin(), subject.end(), subject.begin(), [](unsigned char c) { return std::toupper(c); });
    const auto rows = audit();
    const auto about = std::count_if(rows.begin(), rows.end(), [&](const std::string& row) {
        std::string upper = row;
        std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
        return upper.find("USERS.VALIDATE") != std::string::npos && upper.find(subject) != std::string::npos;
    });
    EXPECT_EQ(about, 2);
}

} // namespace
} // namespace ssprotect::kodiac
