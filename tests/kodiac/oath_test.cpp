#include "colleagues.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/report_operations.h"
#include "ssprotect/twofactor/hotp.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;

constexpr std::string_view kSeed = "12345678901234567890"; // RFC 4226, appendix D

/// A token beside a host: it counts by itself.
class OathTest : public ColleaguesTest {
protected:
    std::string press() { return twofactor::hotpCode(viewOf(kSeed), pressed_++, digits_); }

    UseOathToken::Request tokenRequest() {
        UseOathToken::Request request;
        request.secret = crypto::SecretBytes::copyOf(viewOf(kSeed));
        request.digits = static_cast<std::uint32_t>(digits_);
        request.firstCounter = pressed_;
        request.code = press();
        return request;
    }
    Individual withToken(std::string email = "ada@example.org") {
        Individual person = settled(std::move(email));
        EXPECT_TRUE(person.ask<UseOathToken>(tokenRequest()).ok());
        return person;
    }
    template <class Op>
    static Call callWith(Individual& person, std::string code, const typename Op::Request& request = {}) {
        Call call = person.signedCall<Op>(request);
        call.code = std::move(code);
        return call;
    }
    template <class Op = ListAudit> static Result<typename Op::Response>
    askWith(Individual& person, std::string code, const typename Op::Request& request = {}) {
        auto answer = Individual::answerOf<Op>(person.send(callWith<Op>(person, std::move(code), request)));
        if (!answer && answer.error().code == ErrorCode::secondFactorRefused)
            --person.counter; // was not taken
        return answer;
    }

    int digits_ = 6;
    std::uint64_t pressed_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Kodiac, OathTest, testing::ValuesIn(implementations()));

TEST_P(OathTest, TheTokensCodesTakeThePlaceOfTheHostsSecret) {
    Individual ada = withToken();
    EXPECT_EQ(codeOf(askWith(ada, ada.code(ada.counter))), ErrorCode::secondFactorRefused);
    EXPECT_TRUE(askWith(ada, "287082").ok()); // the published code of counter 1
    EXPECT_TRUE(askWith(ada, "359152").ok());
}

TEST_P(OathTest, SevenAndEightDigitsAndATokenThatIsNotNewAreTaken) {
    for (const int digits : {7, 8}) {
        digits_ = digits;
        pressed_ = 1000;
        Individual ada = withToken("digits" + std::to_string(digits) + "@example.org");
        EXPECT_TRUE(askWith(ada, press()).ok());
    }
}

TEST_P(OathTest, EachCodeOfTheTokenIsTakenOnce) {
    Individual ada = withToken();
    EXPECT_EQ(codeOf(askWith(ada, "755224")), ErrorCode::secondFactorRefused); // proved the token
    const std::string code = press();
    EXPECT_TRUE(askWith(ada, code).ok());
    EXPECT_EQ(codeOf(askWith(ada, code)), ErrorCode::secondFactorRefused);
    EXPECT_TRUE(askWith(ada, press()).ok());
}

TEST_P(OathTest, NinePressesForNothingAreForgivenAndTenAreNot) {
    Individual ada = withToken();
    pressed_ += 9;
    EXPECT_TRUE(askWith(ada, press()).ok());
    pressed_ += 10;
    EXPECT_EQ(codeOf(askWith(ada, press())), ErrorCode::secondFactorRefused);
}

TEST_P(OathTest, TheCounterNumbersTheRequestsByTheSameRules) {
    Individual ada = withToken();
    ASSERT_TRUE(askWith(ada, press()).ok());
    --ada.counter;
    EXPECT_EQ(codeOf(askWith<GetVault>(ada, press())), ErrorCode::secondFactorRefused); // another request's number
    ++ada.counter;
    ++ada.counter;
    ada.counter += 10;
    EXPECT_EQ(codeOf(askWith(ada, press())), ErrorCode::secondFactorRefused);
    ada.counter -= 10;
    EXPECT_TRUE(askWith(ada, press()).ok());
}

TEST_P(OathTest, ALostReplyIsAskedForAgainWithTheSameCode) {
    Individual ada = withToken();
    const Call call = callWith<BeginStore>(ada, press(), {{BeginStore::Item{}}});
    const auto first = ada.send(call);
    const auto again = ada.send(call);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(first->body, again->body);
    EXPECT_EQ(under_->content()["files"].size(), 1u);
    Call other = callWith<BeginStore>(ada, press(), {{BeginStore::Item{}}});
    other.counter = call.counter;
    EXPECT_EQ(codeOf(ada.send(other)), ErrorCode::secondFactorRefused);
    EXPECT_EQ(under_->content()["files"].size(), 1u);
}

TEST_P(OathTest, TheChangeItselfIsAnsweredAgain) {
    Individual ada = settled();
    const Call call = ada.signedCall<UseOathToken>(tokenRequest());
    ASSERT_TRUE(ada.send(call).ok());
    EXPECT_TRUE(ada.send(call).ok());
    EXPECT_TRUE(askWith(ada, press()).ok());
}

TEST_P(OathTest, ATokenThatIsNotProvedChangesNothing) {
    Individual ada = settled();
    const auto refused = [&](auto change) {
        auto request = tokenRequest();
        change(request);
        return codeOf(ada.ask<UseOathToken>(request));
    };
    EXPECT_EQ(refused([](auto& r) { r.code = "000000"; }), ErrorCode::secondFactorRefused);
    EXPECT_EQ(refused([](auto& r) { r.code.clear(); }), ErrorCode::secondFactorRefused);
    EXPECT_EQ(refused([](auto& r) { r.digits = 5; }), ErrorCode::invalidInput);
    EXPECT_EQ(refused([](auto& r) { r.digits = 9; }), ErrorCode::invalidInput);
    EXPECT_EQ(refused([](auto& r) { r.firstCounter = INT64_MAX; }), ErrorCode::invalidInput);
    EXPECT_EQ(refused([](auto& r) { r.secret = crypto::SecretBytes(15); }), ErrorCode::invalidInput);
    EXPECT_EQ(refused([](auto& r) { r.secret = crypto::SecretBytes(65); }), ErrorCode::invalidInput);
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
    EXPECT_FALSE(ada.ask<ListHosts>()->rows.at(0).oath);
}

TEST_P(OathTest, GuessesAreThrottled) {
    Individual ada = withToken();
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(codeOf(askWith(ada, "00000" + std::to_string(i))), ErrorCode::secondFactorRefused);
    EXPECT_EQ(codeOf(askWith(ada, press())), ErrorCode::secondFactorThrottled);
}

TEST_P(OathTest, ALoginTakesTheTokensCodeAndEnrollingGoesBackToSoftware) {
    Individual ada = withToken();
    Call login = ada.finishCall(ada.finishRequest(*ada.startLogin()));
    login.code = press();
    ASSERT_TRUE(ada.takeLogin(ada.send(login)).ok());
    const auto listed = askWith<ListHosts>(ada, press());
    ASSERT_TRUE(listed.ok());
    EXPECT_TRUE(listed->rows.at(0).oath);
    auto enrolled = askWith<EnrolHost>(ada, press(), ada.enrolRequest());
    ASSERT_TRUE(enrolled.ok());
    ada.hotpSecret = std::move(enrolled->hotpSecret);
    ada.counter = 0;
    EXPECT_FALSE(ada.ask<ListHosts>()->rows.at(0).oath);
}

TEST_P(OathTest, WhatNobodyIsAtHandForTakesTheHostsOwnCodesToo) {
    Individual ada = withToken();
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
    EXPECT_TRUE(ada.ask<GetVault>().ok());
    EXPECT_TRUE(askWith(ada, press()).ok()) << "the token has not counted";
    EXPECT_TRUE(askWith<ShowAccount>(ada, press()).ok()) << "a code of the token serves for everything";
    const std::string used = ada.code(ada.counter);
    ASSERT_TRUE(ada.ask<ShowAccount>().ok());
    EXPECT_EQ(codeOf(askWith<ShowAccount>(ada, used)), ErrorCode::secondFactorRefused) << "each once";
}

TEST_P(OathTest, WhatThePersonDoesTakesTheTokensCodesOnly) {
    Individual ada = withToken();
    const auto identity = [&] {
        const auto begun = askWith<BeginStore>(ada, press(), {{BeginStore::Item{}}});
        return begun->items.at(0).identity;
    }();
    ASSERT_TRUE(ada.commit(identity).ok()) << "completed with nobody at hand";
    const auto refusedByOwnCode = [&]<class Op>(const typename Op::Request& request) {
        return codeOf(askWith<Op>(ada, ada.code(ada.counter), request)) == ErrorCode::secondFactorRefused;
    };
    EXPECT_TRUE(refusedByOwnCode.operator()<OpenVersion>({{{identity, 0, OpenPurpose::managed}}}));
    EXPECT_TRUE(refusedByOwnCode.operator()<RefreshSession>({}));
    EXPECT_TRUE(refusedByOwnCode.operator()<SetAccount>({}));
    EXPECT_TRUE(refusedByOwnCode.operator()<EnrolHost>(ada.enrolRequest()));
    EXPECT_TRUE(refusedByOwnCode.operator()<UseOathToken>(tokenRequest()));
    Call login = ada.finishCall(ada.finishRequest(*ada.startLogin()));
    EXPECT_EQ(codeOf(ada.send(login)), ErrorCode::secondFactorRefused);
}

// PROT-14: no prompt; the right to store was the token's when it was given.
TEST_P(OathTest, AGrantIsStoredByTheHostsOwnCodeAndNothingElseIsBegunByIt) {
    Individual ada = withToken();
    const auto first = askWith<BeginStore>(ada, press(), {{BeginStore::Item{}}});
    ASSERT_TRUE(first.ok());
    const auto identity = first->items.at(0).identity;
    ASSERT_TRUE(ada.commit(identity).ok());
    const auto opened = askWith<OpenVersion>(ada, press(), {{{identity, 0, OpenPurpose::managed}}});
    ASSERT_TRUE(opened.ok());
    const FileId file = Individual::fileOf(identity);

    EXPECT_EQ(codeOf(ada.begin()), ErrorCode::secondFactorMissing) << "a new chain";
    EXPECT_EQ(codeOf(ada.begin(file)), ErrorCode::secondFactorMissing) << "the Owner's own, without a grant";
    const auto next = ada.begin(file, opened->items.at(0).grant);
    ASSERT_TRUE(next.ok());
    EXPECT_TRUE(ada.commit(next->identity).ok());
}

TEST_P(OathTest, GuessesAtTheHostsOwnCodesAreThrottledWithTheOthers) {
    Individual ada = withToken();
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(codeOf(askWith<ShowAccount>(ada, "0000000" + std::to_string(i))), ErrorCode::secondFactorRefused);
    EXPECT_EQ(codeOf(askWith<ShowAccount>(ada, ada.code(ada.counter))), ErrorCode::secondFactorThrottled);
}

TEST_P(OathTest, ASecondTokenLeavesTheHostsOwnSecretAsItWas) {
    Individual ada = withToken();
    const auto request = tokenRequest();
    ASSERT_TRUE(askWith<UseOathToken>(ada, twofactor::hotpCode(viewOf(kSeed), pressed_, digits_),
                                      {request.secret.clone(), request.digits, request.firstCounter, request.code})
                    .ok());
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(OathTest, TwoConsecutiveCodesBringATokenThatRanAheadBack) {
    Individual ada = administrator();
    Individual una = withToken("una@example.org");
    under_->alter("UPDATE accounts SET privilege = 'user', organization = (SELECT organization FROM accounts "
                  "WHERE email_key = 'ada@example.org') WHERE email_key = 'una@example.org'");
    pressed_ += 500;
    EXPECT_EQ(codeOf(askWith(una, press())), ErrorCode::secondFactorRefused);
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    SyncSecondFactor::Request request{una.email, una.host, 0, press(), {}};
    request.nextCode = press();
    const auto next = Individual::answerOf<SyncSecondFactor>(una.send(callFor<SyncSecondFactor>(request)));
    ASSERT_TRUE(next.ok());
    EXPECT_EQ(next->nextCounter, una.counter); // requests go on being numbered as they were
    EXPECT_EQ(codeOf(askWith(una, request.nextCode)), ErrorCode::secondFactorRefused);
    EXPECT_TRUE(askWith(una, press()).ok());
}

} // namespace
} // namespace ssprotect::kodiac
