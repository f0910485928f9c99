#include "kodiac_under_test.h"
#include "ssprotect/kodiac/report_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class AccountTest : public KodiacTest {
protected:
    Result<CreateIndividual::Response> create(const CreateIndividual::Request& request) {
        return Individual::answerOf<CreateIndividual>(kodiac().perform(callFor<CreateIndividual>(request)));
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, AccountTest, testing::ValuesIn(implementations()));

TEST_P(AccountTest, ANewIndividualHasASessionAndMustExportTheKeysFirst) {
    Individual ada = someone();
    ASSERT_TRUE(ada.create().ok());
    EXPECT_EQ(ada.session.account, ada.account);
    EXPECT_EQ(ada.session.organization, ada.organization);
    EXPECT_EQ(ada.session.expires, under_->clock().now() + std::chrono::hours(12));
    EXPECT_FALSE(ada.session.keysExported);
    EXPECT_TRUE(ada.session.hostEnrolled);
    EXPECT_EQ(codeOf(ada.begin()), ErrorCode::exportKeysFirst);
    ASSERT_TRUE(ada.exportKeys().ok());
    EXPECT_TRUE(ada.session.keysExported);
    EXPECT_TRUE(ada.begin().ok());
}

TEST_P(AccountTest, ShowsItselfAsItWasMade) {
    Individual ada = settled("Ada.Lovelace@Example.org");
    const auto shown = ada.ask<ShowAccount>();
    ASSERT_TRUE(shown.ok());
    EXPECT_EQ(shown->email, "Ada.Lovelace@Example.org");
    EXPECT_EQ(shown->account, ada.account);
    EXPECT_EQ(shown->organization, ada.organization);
    EXPECT_EQ(shown->state, "validated");
    EXPECT_EQ(shown->privilege, "individual");
    EXPECT_EQ(shown->softwareId, ada.softwareId);
    EXPECT_EQ(shown->created, under_->clock().now());
    EXPECT_EQ(shown->mode, container::ConversionMode::optimized);
    EXPECT_TRUE(shown->releaseProtections);
    EXPECT_FALSE(shown->integrityOverride || shown->unsignedApps || shown->noSecondFactor || shown->noBulkSecondFactor);
    EXPECT_FALSE(shown->keepVersionWhenUnchanged);
    EXPECT_TRUE(shown->keysExported);
}

TEST_P(AccountTest, AnIndividualSetsItsOwnSwitchesOneByOneOrTogether) {
    Individual ada = settled("ada@example.org");
    Individual ben = settled("ben@example.org");
    const auto switches = [](Individual& person) {
        const auto shown = person.ask<ShowAccount>();
        EXPECT_TRUE(shown.ok());
        return std::pair(shown->unsignedApps, shown->keepVersionWhenUnchanged);
    };
    ASSERT_TRUE(ada.ask<SetAccount>({true, {}}).ok());
    EXPECT_EQ(switches(ada), std::pair(true, false));
    ASSERT_TRUE(ada.ask<SetAccount>({{}, true}).ok());
    EXPECT_EQ(switches(ada), std::pair(true, true));
    ASSERT_TRUE(ada.ask<SetAccount>({false, false}).ok());
    EXPECT_EQ(switches(ada), std::pair(false, false));
    ASSERT_TRUE(ada.ask<SetAccount>({true, true}).ok());
    EXPECT_EQ(switches(ben), std::pair(false, false)) << "nobody else's account is touched";
    EXPECT_EQ(codeOf(ada.ask<SetAccount>({})), ErrorCode::invalidInput);
}

TEST_P(AccountTest, EachSwitchThatIsSetIsARowOfTheAuditTrail) {
    Individual ada = settled();
    ASSERT_TRUE(ada.ask<SetAccount>({true, false}).ok());
    const auto listed = ada.ask<ListAudit>({0, 2});
    ASSERT_TRUE(listed.ok());
    std::vector<std::string> told;
    for (const auto& row : listed->rows)
        told.push_back(row.operation + ": " + row.result + ", " + row.reason);
    EXPECT_THAT(told, UnorderedElementsAre("account.set: ok, Unsigned Apps on",
                                           "account.set: ok, Keep version when unchanged off"));
}

TEST_P(AccountTest, TheSwitchesOfAnAccountInAnOrganizationAreNotItsOwn) {
    Individual ada = settled();
    under_->alter("UPDATE accounts SET privilege = 'user'");
    EXPECT_EQ(codeOf(ada.ask<SetAccount>({true, {}})), ErrorCode::refused);
    EXPECT_FALSE(ada.ask<ShowAccount>()->unsignedApps);
}

TEST_P(AccountTest, EachSoftwareIdHasTwelveDigitsAndIsUnique) {
    Individual ada = settled("ada@example.org");
    Individual ben = settled("ben@example.org");
    EXPECT_EQ(ada.softwareId.size(), 12u);
    EXPECT_EQ(ada.softwareId.find_first_not_of("0123456789"), std::string::npos);
    EXPECT_NE(ada.softwareId, ben.softwareId);
}

TEST_P(AccountTest, AnEmailIsTakenInWhateverCaseItIsWritten) {
    settled("ada@example.org");
    EXPECT_EQ(codeOf(someone("ADA@Example.ORG").create()), ErrorCode::alreadyExists);
}

TEST_P(AccountTest, TakenIdsAreRefused) {
    Individual ada = settled();
    Individual sameAccount = someone("ben@example.org");
    sameAccount.account = ada.account;
    EXPECT_EQ(codeOf(sameAccount.create()), ErrorCode::alreadyExists);
    Individual sameOrganization = someone("cat@example.org");
    sameOrganization.organization = ada.organization;
    EXPECT_EQ(codeOf(sameOrganization.create()), ErrorCode::alreadyExists);
}

TEST_P(AccountTest, SomethingThatIsNoEmailIsRefused) {
    for (const char* email : {"", "ada", "@example.org", "ada@", "ada@@example.org", "a b@example.org",
                              "ada@example.org\r\nBcc: ben@example.org", "ada@example.org\n", "ada@exa mple.org",
                              "ada@-example.org", "ada@example..org", ".ada@example.org", "ad\xc3\xa4@example.org"})
        EXPECT_EQ(codeOf(someone(email).create()), ErrorCode::invalidInput) << email;
    EXPECT_EQ(codeOf(someone(std::string(65, 'a') + "@example.org").create()), ErrorCode::invalidInput);
}

TEST_P(AccountTest, AStatementThatTheAccountDidNotSignItselfIsRefused) {
    Individual ada = someone();
    const auto good = ada.createRequest();
    const auto refusedWith = [&](auto change) {
        auto request = ada.createRequest();
        change(request);
        return codeOf(create(request));
    };
    Individual other = someone("ben@example.org");
    EXPECT_EQ(refusedWith([](auto& r) { r.self.signature[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.self.account = other.account; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.self.signer = other.account; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.self.email = "eve@example.org"; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.organization = other.organization; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.self.keys.agreement = other.agreementKey().publicKey(); }),
              ErrorCode::invalidInput);
    EXPECT_TRUE(create(good).ok());
}

TEST_P(AccountTest, AContentKeyThatIsNotSealedByTheAccountIsRefused) {
    Individual ada = someone();
    const auto refusedWith = [&](auto change) {
        auto request = ada.createRequest();
        change(request);
        return codeOf(create(request));
    };
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKey.ciphertext[0] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKey.signature[5] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([](auto& r) { r.contentKey.epoch = 2; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& r) { r.contentKey.sealer = AccountId::random(random_); }), ErrorCode::invalidInput);
}

TEST_P(AccountTest, APasswordStretchedOutsideTheLimitsIsRefused) {
    Individual ada = someone();
    for (const crypto::ScryptParameters bad :
         {crypto::ScryptParameters{1, 8, 1}, {1u << 21, 8, 1}, {17, 8, 1}, {16, 9, 1}, {16, 8, 2}, {0, 8, 1}}) {
        auto request = ada.createRequest();
        request.password.derivation.scrypt = bad;
        EXPECT_EQ(codeOf(create(request)), ErrorCode::invalidInput) << bad.n << " " << bad.r << " " << bad.p;
    }
}

TEST_P(AccountTest, TheVaultComesBackWithTheSignedChain) {
    Individual ada = settled();
    const auto got = ada.ask<GetVault>();
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(got->vault, ada.vault);
    EXPECT_EQ(got->generation, 1u);
    EXPECT_EQ(got->organizationRoot.signing, ada.signingKey().publicKey());
    ASSERT_THAT(got->members, SizeIs(1));
    EXPECT_TRUE(crypto::verifySignature(got->organizationRoot.signing,
                                        memberStatementBytes(ada.organization, got->members[0]),
                                        got->members[0].signature));
    ASSERT_THAT(got->contentKeys, SizeIs(1));
    const auto& envelope = got->contentKeys[0];
    const auto opened = crypto::hpkeOpen(ada.agreementKey(), keyEnvelopeInfo(ada.organization, 1, ada.account), {},
                                         envelope.encapsulated, envelope.ciphertext);
    ASSERT_TRUE(opened.ok());
    EXPECT_TRUE(crypto::equalSecrets(*opened, ada.contentKey()));
}

TEST_P(AccountTest, AVaultIsReplacedOnlyOverTheGenerationItWasMadeFrom) {
    Individual ada = settled();
    EXPECT_TRUE(ada.ask<PutVault>({1, Bytes{1, 2, 3}}).ok());
    EXPECT_EQ(codeOf(ada.ask<PutVault>({1, Bytes{4}})), ErrorCode::versionConflict);
    EXPECT_EQ(codeOf(ada.ask<PutVault>({3, Bytes{4}})), ErrorCode::versionConflict);
    EXPECT_EQ(codeOf(ada.ask<PutVault>({2, Bytes{}})), ErrorCode::invalidInput);
    const auto got = ada.ask<GetVault>();
    EXPECT_EQ(got->vault, (Bytes{1, 2, 3}));
    EXPECT_EQ(got->generation, 2u);
}

TEST_P(AccountTest, ADisabledAccountIsRefusedAtOnceAndWorksAgainOnceEnabled) {
    Individual ada = settled();
    under_->setDisabled("ADA@example.org", true);
    EXPECT_EQ(codeOf(ada.begin()), ErrorCode::accountDisabled);
    EXPECT_EQ(codeOf(ada.ask<ShowAccount>()), ErrorCode::accountDisabled);
    EXPECT_EQ(codeOf(ada.login()), ErrorCode::accountDisabled);
    under_->setDisabled("ada@example.org", false);
    EXPECT_TRUE(ada.begin().ok());
}

} // namespace
} // namespace ssprotect::kodiac
