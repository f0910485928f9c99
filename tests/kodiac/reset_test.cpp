#include "kodiac_under_test.h"

namespace ssprotect::kodiac {
namespace {

using test::Individual;

class ResetTest : public KodiacTest {
protected:
    StartReset::Response start(const Individual& person) {
        return *Individual::answerOf<StartReset>(kodiac().perform(callFor<StartReset>({person.email, person.host})));
    }
    FinishReset::Request finish(const Individual& person, const StartReset::Response& started) {
        FinishReset::Request request{person.email, person.host,
                                     "desk",       started.serverNonce,
                                     {},           person.newPassword("next password"),
                                     Bytes{9, 9},  started.vaultGeneration + 1};
        request.signature =
            person.signingKey().sign(resetSignedBytes(started.serverNonce, person.account, person.host, request.vault));
        return request;
    }
    Result<Reply> send(const FinishReset::Request& request) { return kodiac().perform(callFor<FinishReset>(request)); }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, ResetTest, testing::ValuesIn(implementations()));

TEST_P(ResetTest, TheExportedKeysSetANewPasswordOnAnyHost) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.resetPassword("next password").ok());
    EXPECT_TRUE(away.begin().ok());
    EXPECT_GT(away.vaultGeneration, 2u);
    EXPECT_EQ(away.ask<GetVault>()->generation, away.vaultGeneration);
    EXPECT_TRUE(away.login().ok());
    EXPECT_EQ(codeOf(ada.login()), ErrorCode::loginFailed);
}

TEST_P(ResetTest, EndsEverySessionOfTheAccount) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.resetPassword("next password").ok());
    EXPECT_EQ(codeOf(ada.ask<ShowAccount>()), ErrorCode::notLoggedIn);
}

TEST_P(ResetTest, MendsAHostWhoseSecondFactorIsOutOfStep) {
    Individual ada = settled();
    ada.counter += 100;
    EXPECT_EQ(codeOf(ada.ask<ShowAccount>()), ErrorCode::secondFactorRefused);
    ASSERT_TRUE(ada.resetPassword("next password").ok());
    EXPECT_TRUE(ada.begin().ok());
}

TEST_P(ResetTest, AnotherKeyOrAnythingElseThanWasSignedIsRefused) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    const auto refusedWith = [&](auto change) {
        auto request = finish(ada, start(ada));
        change(request);
        return codeOf(send(request));
    };
    EXPECT_EQ(refusedWith([](auto& r) { r.signature[0] ^= 1; }), ErrorCode::loginFailed);
    EXPECT_EQ(refusedWith([](auto& r) { r.vault[0] ^= 1; }), ErrorCode::loginFailed);
    EXPECT_EQ(refusedWith([&](auto& r) { r.host = ben.host; }), ErrorCode::loginFailed);
    EXPECT_EQ(refusedWith([&](auto& r) {
                  r.signature = ben.signingKey().sign(resetSignedBytes(r.serverNonce, ada.account, ada.host, r.vault));
              }),
              ErrorCode::loginFailed);
    EXPECT_TRUE(send(finish(ada, start(ada))).ok());
}

TEST_P(ResetTest, ANonceServesOnceAndForOneMinute) {
    Individual ada = settled();
    const auto once = start(ada);
    EXPECT_TRUE(send(finish(ada, once)).ok());
    EXPECT_EQ(codeOf(send(finish(ada, once))), ErrorCode::loginFailed);
    const auto late = start(ada);
    pass(std::chrono::seconds(60));
    EXPECT_EQ(codeOf(send(finish(ada, late))), ErrorCode::loginFailed);
}

TEST_P(ResetTest, ANonceOfALoginIsNone) {
    Individual ada = settled();
    auto started = start(ada);
    started.serverNonce = ada.startLogin()->serverNonce;
    EXPECT_EQ(codeOf(send(finish(ada, started))), ErrorCode::loginFailed);
}

TEST_P(ResetTest, AnUnknownEmailIsToldNothing) {
    Individual nobody = someone("nobody@example.org");
    const auto first = start(nobody);
    EXPECT_EQ(start(nobody).account, first.account);
    EXPECT_EQ(start(nobody).vaultGeneration, first.vaultGeneration);
    nobody.account = first.account;
    EXPECT_EQ(codeOf(send(finish(nobody, start(nobody)))), ErrorCode::loginFailed);
}

TEST_P(ResetTest, NobodyIsToldHowOftenAVaultWasChanged) {
    Individual ada = settled();
    Individual nobody = someone("nobody@example.org");
    for (std::uint64_t generation = 1; generation < 7; ++generation)
        ASSERT_TRUE(ada.ask<PutVault>({generation, Bytes{1}}).ok());
    EXPECT_EQ(start(ada).vaultGeneration, start(nobody).vaultGeneration);
    ASSERT_TRUE(ada.resetPassword("next password").ok());
    pass(std::chrono::seconds(1));
    EXPECT_EQ(start(ada).vaultGeneration, start(nobody).vaultGeneration);
    EXPECT_GT(start(ada).vaultGeneration, ada.vaultGeneration);
}

TEST_P(ResetTest, TheNewVaultHasTheGenerationThatWasTold) {
    Individual ada = settled();
    auto request = finish(ada, start(ada));
    ++request.vaultGeneration;
    EXPECT_EQ(codeOf(send(request)), ErrorCode::versionConflict);
    request = finish(ada, start(ada));
    request.vaultGeneration = 2;
    EXPECT_EQ(codeOf(send(request)), ErrorCode::versionConflict);
    EXPECT_TRUE(send(finish(ada, start(ada))).ok());
}

TEST_P(ResetTest, AVaultThatChangedMeanwhileIsNotOverwritten) {
    Individual ada = settled();
    const auto started = start(ada);
    ASSERT_TRUE(ada.ask<PutVault>({1, Bytes{1}}).ok());
    EXPECT_EQ(codeOf(send(finish(ada, started))), ErrorCode::versionConflict);
    EXPECT_TRUE(ada.login().ok());
}

TEST_P(ResetTest, ADisabledAccountStaysShut) {
    Individual ada = settled();
    under_->setDisabled(ada.email, true);
    EXPECT_EQ(codeOf(send(finish(ada, start(ada)))), ErrorCode::accountDisabled);
    under_->setDisabled(ada.email, false);
    EXPECT_TRUE(ada.login().ok());
}

TEST_P(ResetTest, KeepsTheForcedExportOpen) {
    Individual ada = someone();
    ASSERT_TRUE(ada.create().ok());
    ASSERT_TRUE(ada.resetPassword("next password").ok());
    EXPECT_FALSE(ada.session.keysExported);
    EXPECT_EQ(codeOf(ada.begin()), ErrorCode::exportKeysFirst);
}

} // namespace
} // namespace ssprotect::kodiac
