#include "organization_test.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Member;
using testing::HasSubstr;
using testing::SizeIs;

class RegistrationTest : public OrganizationTest {
protected:
    crypto::SecretBytes found() { return whole(under_->authority().createOrganization(founding().organization)); }
    Member first() { return Member(kodiac(), random_, "ada@example.org"); }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, RegistrationTest, testing::ValuesIn(implementations()));

TEST_P(RegistrationTest, TheFirstAdministratorMakesTheRootAndIsLoggedInAtOnce) {
    const auto code = found();
    Member ada = first();
    const auto started = whole(ada.startRegistration(code));
    EXPECT_TRUE(started.makesRoot);
    EXPECT_EQ(started.organizationName, "Example");
    ASSERT_TRUE(ada.registerWith(code).ok());
    EXPECT_EQ(ada.session.account, started.account);
    EXPECT_FALSE(ada.session.keysExported);
    EXPECT_EQ(codeOf(ada.begin()), ErrorCode::exportKeysFirst);
    ASSERT_TRUE(ada.exportKeys().ok());
    const auto shown = whole(ada.ask<ShowAccount>());
    EXPECT_EQ(shown.privilege, "administrator");
    EXPECT_EQ(shown.state, "validated");
    EXPECT_EQ(shown.organizationName, "Example");
    EXPECT_EQ(shown.softwareId, ada.softwareId);
    const auto vault = whole(ada.ask<GetVault>());
    EXPECT_EQ(vault.organizationRoot.signing, ada.signingKey().publicKey());
    EXPECT_EQ(vault.keyEpoch, 1u);
    EXPECT_FALSE(vault.rotationPending);
    EXPECT_THAT(vault.members, SizeIs(1));
    EXPECT_TRUE(ada.begin().ok());
}

TEST_P(RegistrationTest, TheCodeThatIsShownIsTheCodeThatIsMailed) {
    const auto shown = found();
    EXPECT_EQ(textOf(shown), textOf(codeFor(first())));
}

TEST_P(RegistrationTest, AnOrganizationNeedsANameASeatAndAnAddressOfItsOwn) {
    const auto refusedWith = [&](auto change) {
        NewOrganization organization = founding().organization;
        change(organization);
        return codeOf(under_->authority().createOrganization(organization));
    };
    EXPECT_EQ(refusedWith([](auto& o) { o.name = ""; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& o) { o.name = "Ex\nample"; }), ErrorCode::invalidInput);
    for (const char* hidden : {"Ex\u2028ample", "Ex\u2029ample", "Ex\u0085ample",
                               "Ex\x7f"
                               "ample",
                               "Ex\xff"
                               "ample"})
        EXPECT_EQ(refusedWith([&](auto& o) { o.name = hidden; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& o) { o.name = std::string(256, 'x'); }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& o) { o.seats = 0; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& o) { o.administratorEmail = "ada"; }), ErrorCode::invalidInput);
    found();
    EXPECT_EQ(refusedWith([](auto& o) { o.name = "EXAMPLE"; }), ErrorCode::alreadyExists);
    EXPECT_EQ(refusedWith([](auto& o) { o.name = "Another"; }), ErrorCode::alreadyExists);
    EXPECT_EQ(refusedWith([](auto& o) { o.administratorEmail = "dora@example.org"; }), ErrorCode::alreadyExists);
    EXPECT_THAT(under_->content()["organizations"], SizeIs(1));
}

TEST_P(RegistrationTest, TheOperatorSeesEveryOrganization) {
    settled("ivy@example.org");
    found();
    const auto before = whole(under_->authority().organizations());
    ASSERT_THAT(before, SizeIs(2));
    EXPECT_EQ(before[0].name, "Example");
    EXPECT_EQ(before[0].administrator, "ada@example.org");
    EXPECT_EQ(before[0].administratorState, AccountState::provisioned);
    EXPECT_EQ(before[0].seatsUsed, 0u);
    EXPECT_EQ(before[0].seats, 10u);
    EXPECT_EQ(before[1].name, "");
    EXPECT_EQ(before[1].administrator, "ivy@example.org");
    Member ada = first();
    ASSERT_TRUE(ada.registerWith(codeFor(ada)).ok());
    const auto after = whole(under_->authority().organizations());
    EXPECT_EQ(after[0].administratorState, AccountState::validated);
    EXPECT_EQ(after[0].seatsUsed, 1u);
}

TEST_P(RegistrationTest, ACodeIsRefusedWithItsCause) {
    const auto code = found();
    Member ada = first();
    auto wrong = crypto::SecretBytes::copyOf(viewOf("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"));
    EXPECT_EQ(codeOf(ada.startRegistration(wrong)), ErrorCode::notFound);
    Member other(kodiac(), random_, "eve@example.org");
    const auto elsewhere = other.startRegistration(code);
    EXPECT_EQ(codeOf(elsewhere), ErrorCode::refused);
    EXPECT_THAT(elsewhere.error().message, HasSubstr("another address"));
    pass(std::chrono::hours(24));
    EXPECT_EQ(codeOf(ada.startRegistration(code)), ErrorCode::expired);
    EXPECT_EQ(codeOf(ada.registerWith(code)), ErrorCode::expired);
}

TEST_P(RegistrationTest, ACodeHoldsForADayAndServesOnce) {
    const auto code = found();
    Member ada = first();
    pass(std::chrono::hours(24) - std::chrono::milliseconds(1));
    ASSERT_TRUE(ada.registerWith(code).ok());
    Member again = first();
    const auto used = again.startRegistration(code);
    EXPECT_EQ(codeOf(used), ErrorCode::refused);
    EXPECT_THAT(used.error().message, HasSubstr("used"));
    again.account = ada.account;
    again.organization = ada.organization;
    EXPECT_EQ(codeOf(again.registerWith(code)), ErrorCode::refused);
}

TEST_P(RegistrationTest, TheAddressOfACodeIsComparedWithoutRegardToCase) {
    const auto code = found();
    Member ada(kodiac(), random_, "ADA@example.org");
    ASSERT_TRUE(ada.registerWith(code).ok());
    EXPECT_TRUE(ada.exportKeys().ok());
}

TEST_P(RegistrationTest, WrongCodesMakeTheNextWrongOneWait) {
    found();
    Member ada = first();
    const auto wrong = crypto::SecretBytes::copyOf(viewOf("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"));
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(codeOf(ada.startRegistration(wrong)), ErrorCode::notFound);
    const auto early = ada.startRegistration(wrong);
    EXPECT_EQ(codeOf(early), ErrorCode::refused);
    EXPECT_THAT(early.error().message, HasSubstr("try again in 1 seconds"));
    pass(std::chrono::seconds(1));
    EXPECT_EQ(codeOf(ada.startRegistration(wrong)), ErrorCode::notFound);
}

TEST_P(RegistrationTest, WrongCodesOfStrangersKeepNobodyOut) {
    const auto code = found();
    Member stranger = first();
    const auto wrong = crypto::SecretBytes::copyOf(viewOf("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"));
    for (int i = 0; i < 8; ++i)
        EXPECT_FALSE(stranger.startRegistration(wrong).ok());
    Member ada = first();
    EXPECT_TRUE(ada.startRegistration(code).ok());
    EXPECT_FALSE(stranger.startRegistration(wrong).ok());
    EXPECT_TRUE(ada.registerWith(code).ok());
}

TEST_P(RegistrationTest, NothingOfACodeCanBeReadInTheDatabase) {
    const auto code = found();
    const auto bytes = whole(mailedCodeFromText(textOf(code)));
    const std::string hex = toHex(bytes.view());
    for (const auto& [table, rows] : under_->content())
        for (const std::string& row : rows) {
            std::string lower = row;
            std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
            EXPECT_EQ(lower.find(hex), std::string::npos) << table;
            EXPECT_EQ(row.find(textOf(code)), std::string::npos) << table;
        }
}

TEST_P(RegistrationTest, WhatTheFirstAdministratorBringsMustBeSignedByItsOwnKeys) {
    const auto code = found();
    Member ada = first();
    Member eve(kodiac(), random_, "eve@example.org");
    const auto started = whole(ada.startRegistration(code));
    const auto refusedWith = [&](auto change) {
        auto request = ada.registration(started, code);
        change(request);
        return codeOf(ada.finishRegistration(request));
    };
    EXPECT_EQ(refusedWith([](auto& r) { r.proof[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.vault[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.keys = eve.keys(); }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.keys = {}; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.self.reset(); }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKey.reset(); }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.self->keys = eve.keys(); }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.self->email = "eve@example.org"; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKey->epoch = 2; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKey->ciphertext[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.password.derivation.scrypt.n = 1; }), ErrorCode::invalidInput);
    EXPECT_TRUE(ada.finishRegistration(ada.registration(started, code)).ok());
}

} // namespace
} // namespace ssprotect::kodiac
