#include "organization_test.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Member;
using testing::SizeIs;

/// How a user registers in an Organization that is there.
class JoiningTest : public OrganizationTest {};
INSTANTIATE_TEST_SUITE_P(Kodiac, JoiningTest, testing::ValuesIn(implementations()));

TEST_P(JoiningTest, ARegisteredUserWaitsForItsValidation) {
    Member ada = this->ada();
    Member ben = provisioned(ada);
    const auto code = codeFor(ben);
    const auto started = whole(ben.startRegistration(code));
    EXPECT_FALSE(started.makesRoot);
    EXPECT_EQ(started.root, ada.signingKey().publicKey());
    EXPECT_EQ(started.account, ben.account);
    const auto finished = whole(ben.finishRegistration(ben.registration(started, code)));
    EXPECT_FALSE(finished.first);
    EXPECT_THAT(finished.softwareId, SizeIs(12));
    EXPECT_EQ(mailsTo("ada@example.org", MailKind::readyForValidation), 1);
    EXPECT_EQ(codeOf(ben.login()), ErrorCode::notValidated);
}

TEST_P(JoiningTest, OnlyWhoKnowsThePasswordIsToldThatAnAccountIsNotValidated) {
    Member ada = this->ada();
    Member ben = registered(ada);
    ben.password = "another password";
    EXPECT_EQ(codeOf(ben.login()), ErrorCode::loginFailed);
    Member cleo = provisioned(ada, "cleo@example.org");
    EXPECT_EQ(codeOf(cleo.login()), ErrorCode::loginFailed);
}

TEST_P(JoiningTest, AUserMayNotMakeARoot) {
    Member ada = this->ada();
    Member ben = provisioned(ada);
    const auto code = codeFor(ben);
    auto started = whole(ben.startRegistration(code));
    started.makesRoot = true;
    EXPECT_EQ(codeOf(ben.finishRegistration(ben.registration(started, code))), ErrorCode::invalidInput);
    EXPECT_EQ(whole(ada.ask<GetVault>()).organizationRoot.signing, ada.signingKey().publicKey());
}

TEST_P(JoiningTest, ARegistrationWhoseReplyWasLostIsAnsweredAgainButGivesNoSession) {
    Member ada = this->ada();
    Member ben = provisioned(ada);
    const auto code = codeFor(ben);
    const auto request = ben.registration(whole(ben.startRegistration(code)), code);
    const auto once = whole(ben.finishRegistration(request));
    const auto again = whole(ben.finishRegistration(request));
    EXPECT_EQ(again.softwareId, once.softwareId);
    EXPECT_FALSE(again.first);
    EXPECT_EQ(mailsTo("ada@example.org", MailKind::readyForValidation), 1);
    Member eve(kodiac(), random_, ben.email);
    eve.account = ben.account;
    eve.organization = ben.organization;
    EXPECT_EQ(codeOf(eve.registerWith(code)), ErrorCode::refused);
}

TEST_P(JoiningTest, ADisabledAccountDoesNotRegister) {
    Member ada = this->ada();
    Member ben = provisioned(ada);
    under_->setDisabled(ben.email, true);
    EXPECT_EQ(codeOf(ben.startRegistration(codeFor(ben))), ErrorCode::accountDisabled);
    EXPECT_EQ(codeOf(ben.registerWith(codeFor(ben))), ErrorCode::accountDisabled);
    under_->setDisabled(ben.email, false);
    EXPECT_TRUE(ben.registerWith(codeFor(ben)).ok());
}

TEST_P(JoiningTest, AnAccountThatWaitsCannotResetItsPasswordByItsKeys) {
    Member ada = this->ada();
    Member ben = registered(ada);
    EXPECT_EQ(codeOf(ben.resetPassword("next password")), ErrorCode::loginFailed);
}

} // namespace
} // namespace ssprotect::kodiac
