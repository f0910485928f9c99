#include "organization_test.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Member;
using testing::HasSubstr;
using testing::SizeIs;

/// ACC-4: outsiders ask to join.
class SignUpTest : public OrganizationTest {
protected:
    Reply askToJoin(std::string email, std::string organization = "Example") {
        const auto reply =
            kodiac().perform(callFor<RequestSignUp>({std::move(email), std::move(organization), stranger_}));
        EXPECT_TRUE(reply.ok()) << (reply ? "" : reply.error().message);
        return reply ? Reply{reply->body, {}} : Reply{};
    }
    void allow(Member& by, SignUpRules rules = {true, 0, 0}) {
        SetPolicy::Request request;
        request.signUp = rules;
        whole(by.ask<SetPolicy>(request));
    }
    std::optional<ListUsers::Row> rowOf(Member& by, std::string_view email) {
        for (auto& row : whole(by.ask<ListUsers>()).rows)
            if (row.email == email)
                return std::move(row);
        return std::nullopt;
    }
    Member guest(Member& administrator, std::string email) {
        Member member(kodiac(), random_, std::move(email));
        const auto row = rowOf(administrator, member.email);
        EXPECT_TRUE(row) << member.email;
        member.account = row ? row->account : AccountId{};
        member.organization = administrator.organization;
        return member;
    }
    /// Nothing happens, and the asker cannot tell.
    void expectNothing(const std::string& email, const std::string& organization = "Example") {
        const auto before = under_->content();
        EXPECT_EQ(askToJoin(email, organization).body, "{}");
        auto after = under_->content();
        for (const auto& [table, rows] : before)
            if (table != "audit" && table != "login_delays") {
                EXPECT_EQ(after[table], rows) << email << " changed " << table;
            }
        EXPECT_THAT(after["audit"], SizeIs(before.at("audit").size() + 1));
    }

    /// What anybody is told at the beginning of a login and of a reset.
    std::string toldAbout(const std::string& email) {
        Member asker(kodiac(), random_, email);
        const auto login = asker.startLogin();
        const auto reset =
            test::Individual::answerOf<StartReset>(kodiac().perform(callFor<StartReset>({email, stranger_})));
        EXPECT_TRUE(login.ok() && reset.ok());
        if (!login || !reset)
            return {};
        return login->account.hex() + ' ' + toHex(login->derivation.salt) + ' ' + reset->account.hex();
    }

    const HostId stranger_ = HostId::random(random_);
};
INSTANTIATE_TEST_SUITE_P(Kodiac, SignUpTest, testing::ValuesIn(implementations()));

TEST_P(SignUpTest, AnOutsiderGetsACodeByMailRegistersAndIsValidated) {
    Member administrator = ada();
    allow(administrator);
    EXPECT_EQ(askToJoin("Eve@example.org", "EXAMPLE").body, "{}");
    const auto row = rowOf(administrator, "Eve@example.org");
    ASSERT_TRUE(row);
    EXPECT_TRUE(row->signedUp);
    EXPECT_EQ(row->state, AccountState::provisioned);
    EXPECT_EQ(row->privilege, Privilege::user);
    EXPECT_FALSE(row->attributes.delegate || row->attributes.unsignedApps || row->attributes.noSecondFactor);
    EXPECT_EQ(mailsTo("Eve@example.org", MailKind::registrationCode), 1);
    EXPECT_EQ(mailsTo("ada@example.org", MailKind::signUpReceived), 1);
    Member eve = guest(administrator, "Eve@example.org");
    ASSERT_TRUE(eve.registerWith(codeFor(eve)).ok());
    EXPECT_EQ(codeOf(eve.login()), ErrorCode::notValidated);
    ASSERT_TRUE(administrator.validate(eve).ok());
    EXPECT_TRUE(eve.comeIn().ok());
}

TEST_P(SignUpTest, NothingComesOfItWhereItIsNotAllowedAndTheAnswerIsTheSame) {
    Member administrator = ada();
    expectNothing("eve@example.org");
    allow(administrator);
    expectNothing("eve@example.org", "Example Ltd");
    expectNothing("eve@example.org", "");
    allow(administrator, {false, 0, 0});
    expectNothing("eve@example.org");
    EXPECT_FALSE(rowOf(administrator, "eve@example.org"));
}

TEST_P(SignUpTest, NeitherALoginNorAResetTellsWhatCameOfIt) {
    Member administrator = ada();
    allow(administrator);
    const auto before = toldAbout("eve@example.org");
    askToJoin("eve@example.org");
    ASSERT_TRUE(rowOf(administrator, "eve@example.org"));
    EXPECT_EQ(toldAbout("eve@example.org"), before);
    Member eve = guest(administrator, "eve@example.org");
    EXPECT_EQ(codeOf(eve.login()), ErrorCode::loginFailed);
    ASSERT_TRUE(eve.registerWith(codeFor(eve)).ok());
    ASSERT_TRUE(administrator.validate(eve).ok());
    EXPECT_TRUE(eve.comeIn().ok());
    EXPECT_NE(toldAbout("eve@example.org"), before) << "it has a password and a vault now";
}

TEST_P(SignUpTest, AnIndividualsOrganizationHasNoNameToAskFor) {
    settled("ind@example.org");
    expectNothing("eve@example.org", "");
}

TEST_P(SignUpTest, SomethingThatIsNoEmailIsRefused) {
    for (const char* email : {"", "eve", "eve@example.org\r\nBcc: ada@example.org"})
        EXPECT_EQ(codeOf(kodiac().perform(callFor<RequestSignUp>({email, "Example", stranger_}))),
                  ErrorCode::invalidInput);
}

TEST_P(SignUpTest, OneAddressIsMailedOnceAnHour) {
    Member administrator = ada();
    allow(administrator);
    Member ben = user(administrator);
    askToJoin(ben.email);
    EXPECT_EQ(mailsTo(ben.email, MailKind::signUpKnown), 1);
    expectNothing("BEN@example.org");
    pass(std::chrono::minutes(59));
    expectNothing(ben.email);
    askToJoin("dan@example.org");
    EXPECT_TRUE(rowOf(administrator, "dan@example.org")) << "another address";
    pass(std::chrono::minutes(1));
    askToJoin(ben.email);
    EXPECT_EQ(mailsTo(ben.email, MailKind::signUpKnown), 2);
}

TEST_P(SignUpTest, WhatIsAskedInVainMakesNobodyWait) {
    Member administrator = ada();
    expectNothing("eve@example.org");
    allow(administrator, {true, 0, 1});
    expectNothing("eve@example.org", "Nobody's");
    askToJoin("dan@example.org");
    expectNothing("eve@example.org"); // one waits already
    allow(administrator, {true, 0, 2});
    askToJoin("eve@example.org");
    EXPECT_TRUE(rowOf(administrator, "eve@example.org"));
}

TEST_P(SignUpTest, OnlySoManyMayWait) {
    Member administrator = ada();
    allow(administrator, {true, 0, 2});
    askToJoin("eve@example.org");
    askToJoin("dan@example.org");
    expectNothing("fay@example.org");
    Member eve = guest(administrator, "eve@example.org");
    ASSERT_TRUE(eve.registerWith(codeFor(eve)).ok());
    expectNothing("gil@example.org");
    ASSERT_TRUE(administrator.validate(eve).ok());
    askToJoin("hal@example.org");
    EXPECT_TRUE(rowOf(administrator, "hal@example.org"));
}

TEST_P(SignUpTest, OnlySoManyMayComeInAll) {
    Member administrator = ada();
    allow(administrator, {true, 2, 0});
    askToJoin("eve@example.org");
    Member eve = guest(administrator, "eve@example.org");
    ASSERT_TRUE(eve.registerWith(codeFor(eve)).ok());
    ASSERT_TRUE(administrator.validate(eve).ok());
    askToJoin("dan@example.org");
    expectNothing("fay@example.org");
    ASSERT_TRUE(administrator.remove(eve).ok());
    askToJoin("gil@example.org");
    EXPECT_TRUE(rowOf(administrator, "gil@example.org"));
}

TEST_P(SignUpTest, AsManyAsSeatsWhereThePolicyGivesNoNumber) {
    Member administrator = ada();
    allow(administrator);
    under_->alter("UPDATE organizations SET seats = 1");
    askToJoin("eve@example.org");
    expectNothing("dan@example.org");
}

TEST_P(SignUpTest, ACodeThatRanOutMakesRoomAndIsReplacedWhenTheAddressAsksAgain) {
    Member administrator = ada();
    allow(administrator, {true, 0, 1});
    askToJoin("eve@example.org");
    pass(std::chrono::hours(2));
    expectNothing("eve@example.org"); // it holds one
    pass(std::chrono::hours(23));
    ASSERT_TRUE(administrator.login().ok());
    askToJoin("eve@example.org");
    Member eve = guest(administrator, "eve@example.org");
    ASSERT_TRUE(eve.registerWith(codeFor(eve)).ok());
    expectNothing("dan@example.org");
}

TEST_P(SignUpTest, WhoNeverCameHoldsNeitherUsernameNorQuota) {
    Member administrator = ada();
    allow(administrator);
    const auto available = whole(administrator.ask<ListUsers>()).quotaAvailable;
    askToJoin("eve@example.org");
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, available - 1024);
    pass(std::chrono::hours(25));
    ASSERT_TRUE(administrator.login().ok());
    askToJoin("dan@example.org");
    EXPECT_EQ(rowOf(administrator, "eve@example.org")->state, AccountState::removed);
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, available - 1024);
    EXPECT_TRUE(administrator.ask<NewUser>({"eve@example.org", {}, {}}).ok());
}

TEST_P(SignUpTest, ACodeThatAPrivilegedUserGaveIsRenewedByNobodyElse) {
    Member administrator = ada();
    allow(administrator);
    Member ben = provisioned(administrator);
    Member dan = user(administrator, "dan@example.org");
    askToJoin("eve@example.org");
    Member eve = guest(administrator, "eve@example.org");
    ASSERT_TRUE(eve.registerWith(codeFor(eve)).ok());
    ASSERT_TRUE(administrator.validate(eve).ok());
    ASSERT_TRUE(eve.comeIn().ok());
    ASSERT_TRUE(administrator.resetPasswordOf(dan).ok());
    ASSERT_TRUE(administrator.resetPasswordOf(eve).ok());
    pass(std::chrono::hours(25));
    for (const auto& email : {ben.email, dan.email, eve.email})
        expectNothing(email);
    ASSERT_TRUE(administrator.login().ok());
    ASSERT_TRUE(administrator.ask<ResendCode>({eve.account}).ok());
    eve.makeNewKeys();
    EXPECT_TRUE(eve.registerWith(codeFor(eve, MailKind::passwordReset)).ok());
}

TEST_P(SignUpTest, ARenewedCodeIsForWhatTheOneBeforeWas) {
    Member administrator = ada();
    allow(administrator);
    askToJoin("eve@example.org");
    Member eve = guest(administrator, "eve@example.org");
    ASSERT_TRUE(eve.registerWith(codeFor(eve)).ok());
    ASSERT_TRUE(administrator.resetPasswordOf(eve).ok()); // before anybody let it in
    pass(std::chrono::hours(25));
    askToJoin("eve@example.org");
    EXPECT_EQ(mailsTo(eve.email, MailKind::registrationCode), 0);
    EXPECT_EQ(mailsTo(eve.email, MailKind::passwordReset), 1);
    eve.makeNewKeys();
    EXPECT_TRUE(eve.registerWith(codeFor(eve, MailKind::passwordReset)).ok());
}

TEST_P(SignUpTest, WhoComesTooLateIsToldThatTheCodeHasExpired) {
    Member administrator = ada();
    allow(administrator);
    askToJoin("eve@example.org");
    Member eve = guest(administrator, "eve@example.org");
    const auto code = codeFor(eve);
    pass(std::chrono::hours(25));
    askToJoin("dan@example.org");
    ASSERT_TRUE(administrator.login().ok());
    ASSERT_EQ(rowOf(administrator, "eve@example.org")->state, AccountState::removed);
    for (int i = 0; i < 6; ++i) { // a wrong code would have to wait by then
        const auto late = eve.startRegistration(code);
        EXPECT_EQ(codeOf(late), ErrorCode::expired);
        EXPECT_THAT(late.error().message, HasSubstr("ask to join the Organization again"));
    }
    askToJoin("eve@example.org");
    Member again = guest(administrator, "eve@example.org");
    EXPECT_EQ(codeOf(again.startRegistration(code)), ErrorCode::expired);
    EXPECT_TRUE(again.registerWith(codeFor(again)).ok());
}

TEST_P(SignUpTest, WhoHasAnAccountIsToldAndNobodyElse) {
    Member administrator = ada();
    allow(administrator);
    Member ben = user(administrator);
    settled("ind@example.org");
    for (const char* known : {"BEN@example.org", "ind@example.org"}) {
        const auto accounts = under_->content()["accounts"];
        EXPECT_EQ(askToJoin(known).body, "{}");
        EXPECT_EQ(under_->content()["accounts"], accounts);
    }
    EXPECT_EQ(mailsTo("ben@example.org", MailKind::signUpKnown), 1);
    EXPECT_EQ(mailsTo("ind@example.org", MailKind::signUpKnown), 1);
    EXPECT_EQ(mailsTo("ada@example.org", MailKind::signUpReceived), 0);
    EXPECT_TRUE(ben.begin().ok());
}

TEST_P(SignUpTest, WhoWasDismissedStaysDismissed) {
    Member administrator = ada();
    allow(administrator);
    askToJoin("eve@example.org");
    whole(administrator.ask<DismissUser>({guest(administrator, "eve@example.org").account, {}}));
    pass(std::chrono::hours(2));
    expectNothing("eve@example.org");
    EXPECT_EQ(rowOf(administrator, "eve@example.org")->state, AccountState::dismissed);
}

} // namespace
} // namespace ssprotect::kodiac
