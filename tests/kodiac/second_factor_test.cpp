#include "sample_calls.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::HasSubstr;

class SecondFactorTest : public KodiacTest {
protected:
    static Call withWrongCode(Individual& person) {
        Call call = person.signedCall<ShowAccount>();
        call.code[0] = call.code[0] == '9' ? '0' : static_cast<char>(call.code[0] + 1);
        --person.counter;
        return call;
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, SecondFactorTest, testing::ValuesIn(implementations()));

TEST_P(SecondFactorTest, EveryOperationNeedsACode) {
    Individual ada = settled();
    EXPECT_EQ(codeOf(ada.send(ada.callWithoutCode<ShowAccount>())), ErrorCode::secondFactorMissing);
    EXPECT_EQ(codeOf(ada.send(ada.callWithoutCode<GetVault>())), ErrorCode::secondFactorMissing);
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SecondFactorTest, AWrongCodeIsRefusedAndTakesNoCounter) {
    Individual ada = settled();
    EXPECT_EQ(codeOf(ada.send(withWrongCode(ada))), ErrorCode::secondFactorRefused);
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SecondFactorTest, OnlyTheWholeCodeOfEightDigitsIsTaken) {
    Individual ada = settled();
    for (const std::size_t length : {1u, 6u, 7u}) {
        Call call = ada.signedCall<ShowAccount>();
        --ada.counter;
        call.code.resize(length);
        EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::secondFactorRefused) << length;
    }
    Call longer = ada.signedCall<ShowAccount>();
    --ada.counter;
    longer.code += "0";
    EXPECT_EQ(codeOf(ada.send(longer)), ErrorCode::secondFactorRefused);
}

TEST_P(SecondFactorTest, ACounterIsAcceptedOnce) {
    Individual ada = settled();
    const Call first = ada.signedCall<ShowAccount>();
    ASSERT_TRUE(ada.send(first).ok());
    ASSERT_TRUE(ada.ask<ShowAccount>().ok());
    EXPECT_EQ(codeOf(ada.send(first)), ErrorCode::secondFactorRefused);
}

TEST_P(SecondFactorTest, TheLatestCounterIsNotTakenForAnotherRequest) {
    Individual ada = settled();
    const auto begun = *ada.begin();
    Call reused = ada.signedCall<ShowAccount>();
    --ada.counter;
    reused.counter = ada.counter - 1;
    reused.code = ada.code(reused.counter);
    EXPECT_EQ(codeOf(ada.send(reused)), ErrorCode::secondFactorRefused);
}

TEST_P(SecondFactorTest, RequestsThatOvertakeEachOtherAreTakenInRisingOrderOnly) {
    Individual ada = settled();
    const Call first = ada.signedCall<ShowAccount>();
    const Call second = ada.signedCall<ShowAccount>();
    EXPECT_TRUE(ada.send(second).ok());
    EXPECT_EQ(codeOf(ada.send(first)), ErrorCode::secondFactorRefused);
}

TEST_P(SecondFactorTest, LooksTenCountersAheadAndNoFurther) {
    Individual ada = settled();
    ada.counter += 10;
    EXPECT_EQ(codeOf(ada.ask<ShowAccount>()), ErrorCode::secondFactorRefused);
    --ada.counter;
    --ada.counter;
    EXPECT_TRUE(ada.ask<ShowAccount>().ok()); // nine were skipped
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SecondFactorTest, ACounterAtTheEndOfItsRangeIsRefused) {
    Individual ada = settled();
    for (const std::uint64_t counter : {UINT64_MAX, UINT64_MAX - 1, std::uint64_t{1} << 63}) {
        Call call = ada.signedCall<ShowAccount>();
        --ada.counter;
        call.counter = counter;
        call.code = ada.code(counter);
        EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::secondFactorRefused) << counter;
    }
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SecondFactorTest, EachHostHasItsOwnSecretAndCounter) {
    Individual ada = settled();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    EXPECT_FALSE(crypto::equalSecrets(away.hotpSecret, ada.hotpSecret));
    EXPECT_TRUE(away.ask<ShowAccount>().ok());
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SecondFactorTest, TenWrongCodesMakeItWaitAndTheWaitGrows) {
    Individual ada = settled();
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(codeOf(ada.send(withWrongCode(ada))), ErrorCode::secondFactorRefused);
    const auto throttled = ada.ask<ShowAccount>();
    --ada.counter;
    EXPECT_EQ(codeOf(throttled), ErrorCode::secondFactorThrottled);
    EXPECT_THAT(throttled.error().message, HasSubstr("30 seconds"));
    pass(std::chrono::seconds(30));
    EXPECT_EQ(codeOf(ada.send(withWrongCode(ada))), ErrorCode::secondFactorRefused);
    pass(std::chrono::seconds(30));
    EXPECT_EQ(codeOf(ada.send(withWrongCode(ada))), ErrorCode::secondFactorThrottled);
    pass(std::chrono::seconds(30));
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
    // The right code wipes the slate.
    EXPECT_EQ(codeOf(ada.send(withWrongCode(ada))), ErrorCode::secondFactorRefused);
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SecondFactorTest, AStrangerWithoutTheTokenCannotUseUpTheFailures) {
    Individual ada = settled();
    for (int i = 0; i < 30; ++i) {
        Call call = withWrongCode(ada);
        call.token.bytes()[0] ^= 1;
        EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::notLoggedIn);
    }
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SecondFactorTest, AStrangerWithoutThePasswordCannotUseUpTheFailures) {
    Individual ada = settled();
    for (int i = 0; i < 30; ++i) {
        Call call = ada.finishCall(ada.finishRequest(*ada.startLogin()));
        --ada.counter;
        call = callFor<FinishLogin>([&] {
            auto request = ada.finishRequest(*ada.startLogin());
            request.proof[0] ^= 1;
            return request;
        }());
        call.account = ada.account;
        call.host = ada.host;
        call.counter = ada.counter;
        call.code = "00000000";
        EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::loginFailed);
        pass(std::chrono::minutes(1));
    }
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(SecondFactorTest, ARefusedRequestHasTakenItsCounter) {
    Individual ada = someone();
    ASSERT_TRUE(ada.create().ok());
    Call refused = ada.signedCall<BeginStore>({{BeginStore::Item{}}});
    EXPECT_EQ(codeOf(ada.send(refused)), ErrorCode::exportKeysFirst);
    Call other = ada.signedCall<ShowAccount>();
    other.counter = refused.counter;
    other.code = refused.code;
    EXPECT_EQ(codeOf(ada.send(other)), ErrorCode::secondFactorRefused);
}

TEST_P(SecondFactorTest, ALostReplyIsAskedForAgainAndNothingHappensTwice) {
    Individual ada = settled();
    BeginStore::Request request;
    request.items.resize(3);
    const Call call = ada.signedCall<BeginStore>(request);
    auto first = *Individual::answerOf<BeginStore>(ada.send(call)); // lost
    auto second = *Individual::answerOf<BeginStore>(ada.send(call));
    auto third = *Individual::answerOf<BeginStore>(ada.send(call));
    ASSERT_EQ(second.items.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(first.items[i].identity, second.items[i].identity);
        EXPECT_TRUE(crypto::equalSecrets(first.items[i].share, second.items[i].share));
        EXPECT_TRUE(crypto::equalSecrets(first.items[i].share, third.items[i].share));
        EXPECT_EQ(second.items[i].share.size(), 32u);
    }
    EXPECT_EQ(under_->content()["files"].size(), 3u);
    EXPECT_EQ(under_->content()["versions"].size(), 3u);
}

TEST_P(SecondFactorTest, ARepeatedOpenGivesTheSameGrant) {
    Individual ada = settled();
    const auto identity = *ada.store();
    const Call call = ada.signedCall<OpenVersion>({{OpenVersion::Item{identity, 0, OpenPurpose::managed}}});
    auto first = *Individual::answerOf<OpenVersion>(ada.send(call));
    auto second = *Individual::answerOf<OpenVersion>(ada.send(call));
    EXPECT_EQ(first.items[0].grant, second.items[0].grant);
    EXPECT_TRUE(crypto::equalSecrets(first.items[0].share, second.items[0].share));
    EXPECT_EQ(under_->content()["grants"].size(), 1u);
}

TEST_P(SecondFactorTest, ARepetitionIsAuthorisedAgain) {
    Individual ada = settled();
    const auto identity = *ada.store();
    const Call call = ada.signedCall<OpenVersion>({{OpenVersion::Item{identity, 0, OpenPurpose::release}}});
    ASSERT_TRUE(Individual::answerOf<OpenVersion>(ada.send(call)).ok());
    under_->alter("UPDATE accounts SET release_protections = 0");
    const auto again = Individual::answerOf<OpenVersion>(ada.send(call));
    ASSERT_TRUE(again.ok());
    ASSERT_TRUE(again->items[0].error.has_value());
    EXPECT_EQ(again->items[0].error->code, ErrorCode::releaseNotPermitted);
    EXPECT_TRUE(again->items[0].share.empty());
    under_->setDisabled(ada.email, true);
    EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::accountDisabled);
}

TEST_P(SecondFactorTest, ARepetitionWithAnotherSecretIsAnotherRequest) {
    Individual ada = settled();
    Call call = ada.signedCall<ChangePassword>({1, Bytes{1}, ada.newPassword("next password")});
    ASSERT_TRUE(ada.send(call).ok());
    EXPECT_TRUE(ada.send(call).ok());
    Call changed = copyOf(call);
    changed.secrets[0].bytes()[0] ^= 1;
    EXPECT_EQ(codeOf(ada.send(changed)), ErrorCode::secondFactorRefused);
    changed = copyOf(call);
    changed.body += " ";
    EXPECT_EQ(codeOf(ada.send(changed)), ErrorCode::secondFactorRefused);
}

TEST_P(SecondFactorTest, ARepetitionNeedsTheRightCodeToo) {
    Individual ada = settled();
    Call call = ada.signedCall<ShowAccount>();
    ASSERT_TRUE(ada.send(call).ok());
    call.code = call.code == "00000000" ? "00000001" : "00000000";
    EXPECT_EQ(codeOf(ada.send(call)), ErrorCode::secondFactorRefused);
}

TEST_P(SecondFactorTest, NoShareAndNoTokenLiesOpenInTheDatabase) {
    Individual ada = settled();
    const auto begun = *ada.begin();
    ASSERT_TRUE(ada.ask<RefreshSession>().ok());
    std::string all;
    for (const auto& [table, rows] : under_->content())
        for (const auto& row : rows)
            all += row;
    const auto upperHex = [](ByteView bytes) {
        std::string text = toHex(bytes);
        for (char& c : text)
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        return text;
    };
    EXPECT_EQ(all.find(upperHex(begun.share)), std::string::npos);
    EXPECT_EQ(all.find(upperHex(ada.token)), std::string::npos);
    EXPECT_EQ(all.find(upperHex(ada.hotpSecret)), std::string::npos);
    EXPECT_EQ(all.find(toBase64(begun.share)), std::string::npos);
    EXPECT_NE(all.find(upperHex(ada.account.bytes())), std::string::npos); // the search does find
}

} // namespace
} // namespace ssprotect::kodiac
