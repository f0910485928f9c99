#include "users_test.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Member;
using testing::ElementsAre;
using testing::SizeIs;

/// The list, new accounts, those that are gone, codes.
class ListedUsersTest : public UsersTest {};
INSTANTIATE_TEST_SUITE_P(Kodiac, ListedUsersTest, testing::ValuesIn(implementations()));

// --- new ---

TEST_P(ListedUsersTest, ANewUserIsProvisionedWithTheUsualAttributesAndItsCodeIsMailed) {
    Member administrator = ada();
    const auto made = whole(administrator.ask<NewUser>(newUser("Ben@example.org")));
    AccountAttributes usual;
    usual.quotaMegabytes = 1024;
    EXPECT_EQ(made.attributes, usual);
    EXPECT_TRUE(usual.releaseProtections && usual.recover);
    const auto row = rowOf(administrator, "Ben@example.org");
    EXPECT_EQ(row.account, made.account);
    EXPECT_EQ(row.state, AccountState::provisioned);
    EXPECT_EQ(row.privilege, Privilege::user);
    EXPECT_EQ(row.attributes, usual);
    EXPECT_EQ(row.softwareId.size(), 12u);
    EXPECT_EQ(row.mail.state, "waiting");
    EXPECT_FALSE(row.signedUp || row.compared || row.validated);
    ASSERT_TRUE(row.codeExpires);
    EXPECT_EQ(*row.codeExpires, row.created + std::chrono::hours(24));
    EXPECT_EQ(mailsTo("Ben@example.org", MailKind::registrationCode), 1);
}

TEST_P(ListedUsersTest, ANewUserHasWhatIsAskedFor) {
    Member administrator = ada();
    const AttributeChanges asked{.disabled = true,
                                 .delegate = true,
                                 .integrityOverride = true,
                                 .unsignedApps = true,
                                 .releaseProtections = false,
                                 .ignoreEnhancedLogin = true,
                                 .noBulkSecondFactor = true,
                                 .noSecondFactor = true,
                                 .splitVersionChains = true,
                                 .recover = true,
                                 .doubleConversion = true,
                                 .quotaMegabytes = 7};
    const AccountAttributes expected{true, true, true, true, false, true, true, true, true, true, true, 7};
    EXPECT_EQ(whole(administrator.ask<NewUser>(newUser("ben@example.org", asked))).attributes, expected);
    EXPECT_EQ(rowOf(administrator, "ben@example.org").attributes, expected);
    EXPECT_EQ(rowOf(administrator, "ben@example.org").privilege, Privilege::user) << "until the root has signed it";
}

TEST_P(ListedUsersTest, AnEmailBelongsToOneAccountOfAllOrganizationsInWhateverCase) {
    Member administrator = ada();
    settled("ind@example.org");
    for (const char* taken : {"ADA@example.org", "Ind@Example.Org"})
        EXPECT_EQ(codeOf(administrator.ask<NewUser>(newUser(taken))), ErrorCode::alreadyExists) << taken;
    for (const char* none : {"", "ben", "ben@", "ben@example.org\r\nBcc: eve@example.org"})
        EXPECT_EQ(codeOf(administrator.ask<NewUser>(newUser(none))), ErrorCode::invalidInput) << none;
}

TEST_P(ListedUsersTest, AProvisionedAccountTakesNoSeat) {
    Member administrator = ada();
    Member ben = provisioned(administrator);
    const auto listed = whole(administrator.ask<ListUsers>());
    EXPECT_EQ(listed.seatsUsed, 1u);
    EXPECT_EQ(listed.seats, 10u);
    EXPECT_EQ(listed.organizationName, "Example");
    Member cleo = user(administrator, "cleo@example.org");
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).seatsUsed, 2u);
}

// --- list ---

TEST_P(ListedUsersTest, TheListComesInPagesByEmail) {
    Member administrator = ada();
    for (const char* email : {"dan@example.org", "Ben@example.org", "cleo@example.org"})
        whole(administrator.ask<NewUser>(newUser(email)));
    std::vector<std::string> emails;
    std::string after;
    int pages = 0;
    do {
        const auto page = whole(administrator.ask<ListUsers>({after, 2}));
        ASSERT_LE(page.rows.size(), 2u);
        for (const auto& row : page.rows)
            emails.push_back(row.email);
        after = page.next;
        ++pages;
    } while (!after.empty() && pages < 10);
    EXPECT_EQ(pages, 2);
    EXPECT_THAT(emails, ElementsAre("ada@example.org", "Ben@example.org", "cleo@example.org", "dan@example.org"));
}

TEST_P(ListedUsersTest, WhoAsksForOneEmailIsShownThatPersonAlone) {
    Member administrator = ada();
    Member ben = user(administrator);
    Member dan = provisioned(administrator, "dan@example.org");
    settled("ind@example.org");
    const auto listedFor = [&](std::string email) {
        return whole(administrator.ask<ListUsers>({"", 500, std::move(email)}));
    };
    const auto one = listedFor("BEN@example.org");
    ASSERT_THAT(one.rows, SizeIs(1));
    EXPECT_EQ(one.rows[0].account, ben.account);
    EXPECT_EQ(one.rows[0].state, AccountState::validated);
    EXPECT_EQ(one.next, "");
    EXPECT_EQ(one.organizationName, "Example");
    EXPECT_EQ(one.seatsUsed, 2u);
    ASSERT_THAT(listedFor("dan@example.org").rows, SizeIs(1));
    EXPECT_EQ(listedFor("dan@example.org").rows[0].mail.state, "waiting");
    for (const char* nobody : {"eve@example.org", "ind@example.org", "ben@example", "removed:"})
        EXPECT_THAT(listedFor(nobody).rows, SizeIs(0)) << nobody;
}

TEST_P(ListedUsersTest, TheEmailOfARemovedAccountNamesItUntilItIsSomebodyElses) {
    Member administrator = ada();
    Member ben = user(administrator);
    ASSERT_TRUE(administrator.remove(ben).ok());
    const auto former = whole(administrator.ask<ListUsers>({"", 500, "BEN@example.org"})).rows;
    ASSERT_THAT(former, SizeIs(1));
    EXPECT_EQ(former[0].account, ben.account);
    EXPECT_EQ(former[0].state, AccountState::removed);
    const auto next = whole(administrator.ask<NewUser>(newUser(ben.email))).account;
    const auto present = whole(administrator.ask<ListUsers>({"", 500, ben.email})).rows;
    ASSERT_THAT(present, SizeIs(1));
    EXPECT_EQ(present[0].account, next);
}

TEST_P(ListedUsersTest, TheListShowsWhoIsWho) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    Member ben = user(cleo);
    const auto row = rowOf(cleo, "ben@example.org");
    EXPECT_EQ(row.state, AccountState::validated);
    EXPECT_EQ(row.keys.signing, ben.keys().signing);
    EXPECT_EQ(row.validatedBy, "cleo@example.org");
    EXPECT_TRUE(row.validated && row.compared);
    EXPECT_FALSE(row.codeExpires);
    EXPECT_EQ(row.hosts, 1u);
    EXPECT_EQ(rowOf(cleo, "cleo@example.org").privilege, Privilege::delegate);
    EXPECT_TRUE(rowOf(cleo, "cleo@example.org").attributes.delegate);
    EXPECT_EQ(rowOf(cleo, "ada@example.org").privilege, Privilege::administrator);
    EXPECT_FALSE(rowOf(cleo, "ada@example.org").attributes.delegate);
}

TEST_P(ListedUsersTest, OnlyPrivilegedUsersOfTheOrganizationAdministerIt) {
    Member administrator = ada();
    Member ben = user(administrator);
    test::Individual ind = settled("ind@example.org");
    const auto expectRefused = [&](test::Individual& who) {
        EXPECT_EQ(codeOf(who.ask<ListUsers>()), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(who.ask<NewUser>(newUser("eve@example.org"))), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(who.ask<EditUsers>(saving(ben, with(&Changes::recover, false)))), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(who.ask<ResendCode>({ben.account})), ErrorCode::notPrivileged);
        EXPECT_EQ(codeOf(who.ask<ResetEnhancedLogin>({ben.account})), ErrorCode::notPrivileged);
    };
    expectRefused(ben);
    expectRefused(ind);
    // Another Organization's accounts are not there.
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(ind.account, with(&Changes::disabled, true))}))),
              ErrorCode::notFound);
    EXPECT_EQ(codeOf(administrator.ask<ResendCode>({ind.account})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(administrator.ask<ResetEnhancedLogin>({ind.account})), ErrorCode::notFound);
}

// --- gone ---

TEST_P(ListedUsersTest, WhoIsGoneCannotBeEdited) {
    Member administrator = ada();
    Member ben = user(administrator);
    Member dan = provisioned(administrator, "dan@example.org");
    ASSERT_TRUE(administrator.remove(ben).ok());
    whole(administrator.ask<DismissUser>({dan.account, {}}));
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(ben, with(&Changes::disabled, false)))), ErrorCode::notFound);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(dan, with(&Changes::disabled, false)))), ErrorCode::refused);
    EXPECT_EQ(rowOf(administrator, ben.email).state, AccountState::removed);
    EXPECT_EQ(rowOf(administrator, dan.email).state, AccountState::dismissed);
}

// --- codes ---

TEST_P(ListedUsersTest, AResentCodeTakesThePlaceOfTheOneBefore) {
    Member administrator = ada();
    Member ben = provisioned(administrator);
    const auto first = codeFor(ben);
    pass(std::chrono::hours(25));
    EXPECT_EQ(codeOf(ben.registerWith(first)), ErrorCode::expired);
    ASSERT_TRUE(administrator.login().ok());
    whole(administrator.ask<ResendCode>({ben.account}));
    EXPECT_EQ(codeOf(ben.registerWith(first)), ErrorCode::notFound);
    EXPECT_TRUE(ben.registerWith(codeFor(ben)).ok());
}

TEST_P(ListedUsersTest, OnlyWhoIsProvisionedGetsACodeAgain) {
    Member administrator = ada();
    Member ben = registered(administrator);
    Member cleo = user(administrator, "cleo@example.org");
    EXPECT_EQ(codeOf(administrator.ask<ResendCode>({ben.account})), ErrorCode::refused);
    EXPECT_EQ(codeOf(administrator.ask<ResendCode>({cleo.account})), ErrorCode::refused);
    whole(administrator.ask<DismissUser>({ben.account, {}}));
    EXPECT_EQ(codeOf(administrator.ask<ResendCode>({ben.account})), ErrorCode::refused);
}

TEST_P(ListedUsersTest, TheCodeOfAResetIsResentAsOne) {
    Member administrator = ada();
    Member ben = user(administrator);
    ASSERT_TRUE(administrator.resetPasswordOf(ben).ok());
    const auto first = codeFor(ben, MailKind::passwordReset);
    whole(administrator.ask<ResendCode>({ben.account}));
    const auto second = codeFor(ben, MailKind::passwordReset);
    EXPECT_FALSE(crypto::equalSecrets(first, second));
    EXPECT_EQ(rowOf(administrator, ben.email).mail.state, "waiting");
}

TEST_P(ListedUsersTest, OnlyTheAdministratorResetsEnhancedLogins) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    under_->alter("INSERT INTO enhanced_logins (account, host, since) SELECT account, host, 5 FROM hosts");
    ASSERT_THAT(under_->content()["enhanced_logins"], SizeIs(2));
    EXPECT_EQ(codeOf(cleo.ask<ResetEnhancedLogin>({administrator.account})), ErrorCode::notPrivileged);
    whole(administrator.ask<ResetEnhancedLogin>({cleo.account}));
    EXPECT_THAT(under_->content()["enhanced_logins"], SizeIs(1));
}

} // namespace
} // namespace ssprotect::kodiac
