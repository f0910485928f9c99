#include "kodiac_under_test.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::HasSubstr;
using testing::Not;

class LoginTest : public KodiacTest {
protected:
    Status wrongLogin(Individual& person) {
        const std::string right = std::exchange(person.password, "wrong");
        auto status = person.login();
        person.password = right;
        return status;
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, LoginTest, testing::ValuesIn(implementations()));

TEST_P(LoginTest, PasswordAndCodeOfAnEnrolledHostOpenASession) {
    Individual ada = settled();
    const SessionId first = ada.session.session;
    ASSERT_TRUE(ada.login().ok());
    EXPECT_NE(ada.session.session, first);
    EXPECT_TRUE(ada.session.hostEnrolled);
    EXPECT_TRUE(ada.session.keysExported);
    EXPECT_TRUE(ada.begin().ok());
}

TEST_P(LoginTest, KodiacProvesThatItKnowsTheVerifier) {
    Individual ada = settled();
    const auto challenge = *ada.startLogin();
    const auto response = Individual::answerOf<FinishLogin>(ada.send(ada.finishCall(ada.finishRequest(challenge))));
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response->serverSignature, ada.expectedSignature(challenge));
}

TEST_P(LoginTest, TheEmailMatchesInWhateverCase) {
    Individual ada = settled("Ada@example.org");
    ada.email = "aDA@EXAMPLE.org";
    EXPECT_TRUE(ada.login().ok());
}

TEST_P(LoginTest, AWrongPasswordAndAnUnknownEmailAreToldAlike) {
    Individual ada = settled();
    Individual nobody = someone("nobody@example.org");
    const auto wrong = wrongLogin(ada);
    const auto unknown = nobody.login();
    EXPECT_EQ(codeOf(wrong), ErrorCode::loginFailed);
    EXPECT_EQ(codeOf(unknown), ErrorCode::loginFailed);
    EXPECT_EQ(wrong.error().message, unknown.error().message);
}

TEST_P(LoginTest, AnUnknownEmailGetsTheSameChallengeEveryTime) {
    Individual nobody = someone("nobody@example.org");
    const auto first = *nobody.startLogin();
    nobody.email = "Nobody@Example.org";
    const auto second = *nobody.startLogin();
    EXPECT_EQ(first.derivation.salt, second.derivation.salt);
    EXPECT_EQ(first.account, second.account);
    EXPECT_NE(first.serverNonce, second.serverNonce);
    Individual other = someone("somebody@example.org");
    EXPECT_NE(other.startLogin()->derivation.salt, first.derivation.salt);
}

TEST_P(LoginTest, AChallengeServesOnce) {
    Individual ada = settled();
    const auto request = ada.finishRequest(*ada.startLogin());
    EXPECT_TRUE(ada.send(ada.finishCall(request)).ok());
    EXPECT_EQ(codeOf(ada.send(ada.finishCall(request))), ErrorCode::loginFailed);
}

TEST_P(LoginTest, AChallengeIsUsedUpByAWrongPassword) {
    Individual ada = settled();
    const auto challenge = *ada.startLogin();
    auto wrong = ada.finishRequest(challenge);
    wrong.proof[3] ^= 1;
    EXPECT_EQ(codeOf(ada.send(ada.finishCall(wrong))), ErrorCode::loginFailed);
    EXPECT_EQ(codeOf(ada.send(ada.finishCall(ada.finishRequest(challenge)))), ErrorCode::loginFailed);
}

TEST_P(LoginTest, AChallengeLastsOneMinute) {
    Individual ada = settled();
    const auto inTime = ada.finishRequest(*ada.startLogin());
    pass(std::chrono::milliseconds(59'999));
    EXPECT_TRUE(ada.send(ada.finishCall(inTime)).ok());
    const auto late = ada.finishRequest(*ada.startLogin());
    pass(std::chrono::seconds(60));
    EXPECT_EQ(codeOf(ada.send(ada.finishCall(late))), ErrorCode::loginFailed);
}

TEST_P(LoginTest, AChallengeBelongsToItsEmailAndHost) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    const auto challenge = *ada.startLogin();
    auto request = ada.finishRequest(challenge);
    request.host = ben.host;
    EXPECT_EQ(codeOf(ada.send(callFor<FinishLogin>(request))), ErrorCode::loginFailed);
    request = ada.finishRequest(challenge);
    request.email = ben.email;
    EXPECT_EQ(codeOf(ada.send(callFor<FinishLogin>(request))), ErrorCode::loginFailed);
    EXPECT_TRUE(ada.send(ada.finishCall(ada.finishRequest(challenge))).ok());
}

TEST_P(LoginTest, AnEnrolledHostNeedsItsCode) {
    Individual ada = settled();
    const auto noCode = ada.finishRequest(*ada.startLogin());
    EXPECT_EQ(codeOf(ada.send(callFor<FinishLogin>(noCode))), ErrorCode::secondFactorMissing);
    auto call = ada.finishCall(ada.finishRequest(*ada.startLogin()));
    call.code = "00000000";
    EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::secondFactorRefused);
    EXPECT_TRUE(ada.login().ok());
}

TEST_P(LoginTest, ACodeOfAnotherAccountOrHostIsRefused) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    auto call = ada.finishCall(ada.finishRequest(*ada.startLogin()));
    call.account = ben.account;
    EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::secondFactorRefused);
    call = ada.finishCall(ada.finishRequest(*ada.startLogin()));
    call.host = ben.host;
    EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::secondFactorRefused);
}

TEST_P(LoginTest, AnUnknownHostMayOnlyFetchTheVaultEnrolItselfAndLeave) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    EXPECT_FALSE(away.session.hostEnrolled);
    EXPECT_EQ(codeOf(away.send(away.callWithoutCode<BeginStore>({{BeginStore::Item{}}}))),
              ErrorCode::secondFactorMissing);
    EXPECT_EQ(codeOf(away.send(away.callWithoutCode<ShowAccount>())), ErrorCode::secondFactorMissing);
    EXPECT_EQ(codeOf(away.send(away.callWithoutCode<RefreshSession>())), ErrorCode::secondFactorMissing);
    EXPECT_TRUE(away.send(away.callWithoutCode<GetVault>()).ok());
    ASSERT_TRUE(away.enrolHost().ok());
    EXPECT_TRUE(away.begin().ok());
    // Once proved, the code is due for these too.
    EXPECT_EQ(codeOf(away.send(away.callWithoutCode<GetVault>())), ErrorCode::secondFactorMissing);
    EXPECT_EQ(codeOf(away.enrolHost()), ErrorCode::secondFactorMissing);
}

TEST_P(LoginTest, AHostThatWasNeverEnrolledMayLeaveWithoutACode) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    EXPECT_TRUE(away.send(away.callWithoutCode<EndSession>()).ok());
    EXPECT_EQ(codeOf(away.send(away.callWithoutCode<GetVault>())), ErrorCode::notLoggedIn);
}

TEST_P(LoginTest, EnrollingNeedsTheAccountsSignatureOverThisVerySession) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    const auto earlier = away.enrolRequest();
    ASSERT_TRUE(away.login().ok());
    EXPECT_EQ(codeOf(away.send(away.callWithoutCode<EnrolHost>(earlier))), ErrorCode::secondFactorRefused);
    EnrolHost::Request forged = away.enrolRequest();
    forged.signature[10] ^= 1;
    EXPECT_EQ(codeOf(away.send(away.callWithoutCode<EnrolHost>(forged))), ErrorCode::secondFactorRefused);
    EXPECT_TRUE(away.enrolHost().ok());
}

TEST_P(LoginTest, AnEnrolmentWhoseReplyWasLostIsAskedForAgain) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.send(away.callWithoutCode<EnrolHost>(away.enrolRequest())).ok()); // lost
    ASSERT_TRUE(away.enrolHost().ok());
    EXPECT_TRUE(away.begin().ok());
}

TEST_P(LoginTest, AnAccountWhoseFirstReplyWasLostIsReachedByLoginAndEnrolment) {
    Individual ada = someone();
    ASSERT_TRUE(ada.send(callFor<CreateIndividual>(ada.createRequest())).ok()); // lost, with the HOTP secret
    ASSERT_TRUE(ada.login().ok());
    EXPECT_FALSE(ada.session.hostEnrolled);
    ASSERT_TRUE(ada.enrolHost().ok());
    ASSERT_TRUE(ada.exportKeys().ok());
    EXPECT_TRUE(ada.begin().ok());
}

TEST_P(LoginTest, ASecretThatNoCodeHasProvedYetStillServes) {
    Individual ada = someone();
    ASSERT_TRUE(ada.create().ok());
    ASSERT_TRUE(ada.login().ok());
    EXPECT_TRUE(ada.session.hostEnrolled);
    EXPECT_TRUE(ada.exportKeys().ok());
}

TEST_P(LoginTest, WrongPasswordsMakeTheNextAttemptWaitButNeverLockOut) {
    Individual ada = settled();
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(codeOf(wrongLogin(ada)), ErrorCode::loginFailed);
    const auto early = ada.login();
    EXPECT_EQ(codeOf(early), ErrorCode::loginFailed);
    EXPECT_THAT(early.error().message, HasSubstr("try again in 1 seconds"));
    pass(std::chrono::seconds(1));
    EXPECT_TRUE(ada.login().ok());
    // Forgotten with the right password.
    EXPECT_THAT(wrongLogin(ada).error().message, Not(HasSubstr("try again in")));
    EXPECT_TRUE(ada.login().ok());
}

TEST_P(LoginTest, TheWaitGrowsToAMinuteAndNoFurther) {
    Individual ada = settled();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(codeOf(wrongLogin(ada)), ErrorCode::loginFailed);
        pass(std::chrono::minutes(1));
    }
    EXPECT_TRUE(ada.login().ok());
}

TEST_P(LoginTest, StrangersMakeOnlyStrangersWait) {
    Individual ada = settled();
    Individual stranger = ada.onAnotherHost();
    stranger.password = "guess";
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(codeOf(stranger.login()), ErrorCode::loginFailed);
    EXPECT_THAT(stranger.login().error().message, HasSubstr("try again in"));
    EXPECT_TRUE(ada.login().ok());
}

TEST_P(LoginTest, AnUnknownEmailIsDelayedLikeAKnownOne) {
    Individual nobody = someone("nobody@example.org");
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(codeOf(nobody.login()), ErrorCode::loginFailed);
    EXPECT_THAT(nobody.login().error().message, HasSubstr("try again in"));
}

TEST_P(LoginTest, AChangedPasswordReplacesTheOldAndEndsOtherSessions) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    ASSERT_TRUE(ada.ask<ChangePassword>({1, Bytes{7}, ada.newPassword("next password")}).ok());
    EXPECT_TRUE(ada.begin().ok());
    EXPECT_EQ(codeOf(away.ask<ShowAccount>()), ErrorCode::notLoggedIn);
    EXPECT_EQ(codeOf(ada.login()), ErrorCode::loginFailed);
    ada.password = "next password";
    EXPECT_TRUE(ada.login().ok());
    EXPECT_EQ(ada.ask<GetVault>()->vault, Bytes{7});
}

TEST_P(LoginTest, APasswordIsNotChangedOverAnotherVault) {
    Individual ada = settled();
    ASSERT_TRUE(ada.ask<PutVault>({1, Bytes{1}}).ok());
    EXPECT_EQ(codeOf(ada.ask<ChangePassword>({1, Bytes{7}, ada.newPassword("next password")})),
              ErrorCode::versionConflict);
    EXPECT_TRUE(ada.login().ok());
}

} // namespace
} // namespace ssprotect::kodiac
