#include "organization_test.h"
#include "ssprotect/kodiac/report_operations.h"

#include <thread>

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Member;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Changes = AttributeChanges;

template <class Attribute, class Value, class... More> Changes with(Attribute attribute, Value value, More... more) {
    Changes changes;
    if constexpr (sizeof...(more) > 0)
        changes = with(more...);
    changes.*attribute = value;
    return changes;
}

/// *Administer Users*: list, new, edit, resend.
class UsersTest : public OrganizationTest {
protected:
    static ListUsers::Row rowOf(Member& by, std::string_view email) {
        const auto listed = whole(by.ask<ListUsers>());
        for (const auto& row : listed.rows)
            if (row.email == email)
                return row;
        ADD_FAILURE() << email << " is not listed";
        return {};
    }
    static EditUsers::Edit editOf(const AccountId& account, const AttributeChanges& changes) {
        EditUsers::Edit edit;
        edit.account = account;
        edit.changes = changes;
        return edit;
    }
    static EditUsers::Request saving(std::vector<EditUsers::Edit> edits) { return {std::move(edits), {}}; }
    static EditUsers::Request saving(const Member& who, const AttributeChanges& changes) {
        return saving({editOf(who.account, changes)});
    }
    static EditUsers::Request appointing(const Member& by, const Member& who) {
        auto request = saving(who, with(&Changes::delegate, true));
        request.edits[0].delegate = by.delegateStatementAbout(who);
        return request;
    }
    static EditUsers::Request dismissing(Member& by, const Member& who) {
        auto request = saving(who, with(&Changes::delegate, false));
        request.edits[0].resigned = whole(by.signAnew(who.account));
        return request;
    }
    static NewUser::Request newUser(std::string email, const AttributeChanges& changes = {}) {
        return {std::move(email), changes, {}};
    }
    static std::string messageOf(const Result<EditUsers::Response>& result) {
        EXPECT_FALSE(result.ok());
        return result ? "" : result.error().message;
    }
    void setQuota(int megabytes) { under_->alter("UPDATE organizations SET quota_mb = " + std::to_string(megabytes)); }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, UsersTest, testing::ValuesIn(implementations()));

// --- new ---

TEST_P(UsersTest, ANewUserIsProvisionedWithTheUsualAttributesAndItsCodeIsMailed) {
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

TEST_P(UsersTest, ANewUserHasWhatIsAskedFor) {
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

TEST_P(UsersTest, AnEmailBelongsToOneAccountOfAllOrganizationsInWhateverCase) {
    Member administrator = ada();
    settled("ind@example.org");
    for (const char* taken : {"ADA@example.org", "Ind@Example.Org"})
        EXPECT_EQ(codeOf(administrator.ask<NewUser>(newUser(taken))), ErrorCode::alreadyExists) << taken;
    for (const char* none : {"", "ben", "ben@", "ben@example.org\r\nBcc: eve@example.org"})
        EXPECT_EQ(codeOf(administrator.ask<NewUser>(newUser(none))), ErrorCode::invalidInput) << none;
}

TEST_P(UsersTest, AProvisionedAccountTakesNoSeat) {
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

TEST_P(UsersTest, TheListComesInPagesByEmail) {
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

TEST_P(UsersTest, TheListShowsWhoIsWho) {
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

TEST_P(UsersTest, OnlyPrivilegedUsersOfTheOrganizationAdministerIt) {
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

// --- save all ---

TEST_P(UsersTest, WhatAnEditDoesNotGiveStaysAsItWas) {
    Member administrator = ada();
    Member ben = user(administrator);
    AccountAttributes expected = rowOf(administrator, ben.email).attributes;
    expected.unsignedApps = true;
    whole(administrator.ask<EditUsers>(saving(ben, with(&Changes::unsignedApps, true))));
    EXPECT_EQ(rowOf(administrator, ben.email).attributes, expected);
    expected.noSecondFactor = true;
    expected.quotaMegabytes = 3;
    whole(administrator.ask<EditUsers>(saving(ben, with(&Changes::noSecondFactor, true, &Changes::quotaMegabytes, 3))));
    EXPECT_EQ(rowOf(administrator, ben.email).attributes, expected);
    const auto shown = whole(ben.ask<ShowAccount>());
    EXPECT_TRUE(shown.unsignedApps && shown.noSecondFactor);
    EXPECT_EQ(shown.quotaMegabytes, 3u);
}

TEST_P(UsersTest, SaveAllChangesAllOrNothingAndNamesTheAccountThatStoppedIt) {
    Member administrator = ada();
    Member ben = user(administrator);
    Member dan = user(administrator, "dan@example.org");
    const auto before = rowOf(administrator, ben.email).attributes;
    const auto refused = administrator.ask<EditUsers>(
        saving({editOf(ben.account, with(&Changes::disabled, true)),
                editOf(dan.account, with(&Changes::recover, false, &Changes::doubleConversion, true))}));
    EXPECT_EQ(codeOf(refused), ErrorCode::invalidInput);
    EXPECT_THAT(messageOf(refused), AllOf(HasSubstr("dan@example.org"), HasSubstr(":Recover")));
    EXPECT_EQ(rowOf(administrator, ben.email).attributes, before);
    EXPECT_TRUE(ben.begin().ok()) << "its session goes on";
    EXPECT_EQ(mailsTo(ben.email, MailKind::accountDisabled), 0);
    whole(administrator.ask<EditUsers>(saving({editOf(ben.account, with(&Changes::unsignedApps, true)),
                                               editOf(dan.account, with(&Changes::unsignedApps, true))})));
    EXPECT_TRUE(rowOf(administrator, ben.email).attributes.unsignedApps);
    EXPECT_TRUE(rowOf(administrator, dan.email).attributes.unsignedApps);
}

TEST_P(UsersTest, ASaveAllOfNothingOrOfOneAccountTwiceIsRefused) {
    Member administrator = ada();
    Member ben = provisioned(administrator);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(std::vector<EditUsers::Edit>{}))), ErrorCode::invalidInput);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(ben.account, with(&Changes::disabled, true)),
                                                          editOf(ben.account, with(&Changes::disabled, false))}))),
              ErrorCode::invalidInput);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(AccountId::random(random_), {})}))),
              ErrorCode::notFound);
}

TEST_P(UsersTest, EachEditedAccountIsARowOfTheAuditTrailThatSaysWhatChanged) {
    Member administrator = ada();
    Member ben = user(administrator);
    whole(administrator.ask<EditUsers>(
        saving(ben, with(&Changes::noBulkSecondFactor, true, &Changes::quotaMegabytes, 9))));
    const auto rows = whole(administrator.ask<ListAudit>({.limit = 1})).rows;
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0].operation, "users.edit");
    EXPECT_EQ(rows[0].result, "ok");
    EXPECT_EQ(rows[0].reason, "No Bulk2FA on, AcctQuota 9 MB");
}

// --- disabled ---

TEST_P(UsersTest, ADisabledUserIsOutAtOnceAndComesBackOnceEnabled) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto identity = whole(ben.store());
    const auto opened = whole(ben.open(identity));
    whole(administrator.ask<EditUsers>(saving(ben, with(&Changes::disabled, true))));
    EXPECT_EQ(codeOf(ben.ask<ShowAccount>()), ErrorCode::notLoggedIn);
    EXPECT_EQ(codeOf(ben.login()), ErrorCode::accountDisabled);
    EXPECT_EQ(mailsTo(ben.email, MailKind::accountDisabled), 1);
    EXPECT_TRUE(ben.store(test::Individual::fileOf(identity), opened.grant).ok()) << "what was open can be closed";
    whole(administrator.ask<EditUsers>(saving(ben, with(&Changes::disabled, false))));
    EXPECT_TRUE(ben.login().ok());
    EXPECT_TRUE(ben.begin().ok());
}

TEST_P(UsersTest, TheAdministratorIsNeitherDisabledNorADelegate) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    for (Member* by : {&administrator, &cleo}) {
        EXPECT_EQ(codeOf(by->ask<EditUsers>(saving(administrator, with(&Changes::disabled, true)))),
                  ErrorCode::refused);
        EXPECT_EQ(codeOf(by->ask<EditUsers>(saving(administrator, with(&Changes::delegate, true)))),
                  ErrorCode::refused);
    }
    // As an imported list says it.
    EXPECT_TRUE(
        cleo.ask<EditUsers>(saving(administrator, with(&Changes::disabled, false, &Changes::delegate, false))).ok());
}

TEST_P(UsersTest, TheLastPrivilegedUserCannotGoByAnyEdit) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    under_->alter("UPDATE accounts SET disabled = 1 WHERE privilege = 'administrator'");
    EXPECT_EQ(codeOf(cleo.ask<EditUsers>(saving(cleo, with(&Changes::disabled, true)))), ErrorCode::lastPrivileged);
    EXPECT_EQ(codeOf(cleo.ask<EditUsers>(saving(cleo, with(&Changes::delegate, false)))), ErrorCode::lastPrivileged);
    EXPECT_TRUE(cleo.ask<ListUsers>().ok());
}

TEST_P(UsersTest, OfTwoDelegatesThatDisableEachOtherAtOnceOneStays) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    Member dora = delegate(administrator, "dora@example.org");
    under_->alter("UPDATE accounts SET disabled = 1 WHERE privilege = 'administrator'");
    Result<EditUsers::Response> first = EditUsers::Response{};
    Result<EditUsers::Response> second = EditUsers::Response{};
    std::thread one([&] { first = cleo.ask<EditUsers>(saving(dora, with(&Changes::disabled, true))); });
    std::thread two([&] { second = dora.ask<EditUsers>(saving(cleo, with(&Changes::disabled, true))); });
    one.join();
    two.join();
    EXPECT_NE(first.ok(), second.ok());
}

// --- delegates ---

TEST_P(UsersTest, ADelegateIsMadeWithTheRootsSignature) {
    Member administrator = ada();
    Member ben = user(administrator);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(ben, with(&Changes::delegate, true)))),
              ErrorCode::invalidInput);
    auto forged = appointing(administrator, ben);
    forged.edits[0].delegate->signature[0] ^= 1;
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(forged)), ErrorCode::invalidInput);
    EXPECT_EQ(rowOf(administrator, ben.email).privilege, Privilege::user);
    whole(administrator.ask<EditUsers>(appointing(administrator, ben)));
    EXPECT_EQ(rowOf(administrator, ben.email).privilege, Privilege::delegate);
    EXPECT_TRUE(ben.ask<ListUsers>().ok());
    EXPECT_EQ(mailsTo(ben.email, MailKind::roleChanged), 1);
    EXPECT_THAT(whole(administrator.ask<GetVault>()).delegates, SizeIs(1));
}

TEST_P(UsersTest, ADelegateCannotMakeAnotherOne) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    Member ben = user(administrator);
    for (const auto& request :
         {appointing(cleo, ben), appointing(administrator, ben), saving(ben, with(&Changes::delegate, true))}) {
        const auto refused = cleo.ask<EditUsers>(request);
        EXPECT_EQ(codeOf(refused), ErrorCode::refused);
        EXPECT_THAT(messageOf(refused), HasSubstr("only the Administrator"));
    }
    EXPECT_EQ(rowOf(administrator, ben.email).privilege, Privilege::user);
}

TEST_P(UsersTest, WhoIsNotYetValidatedCanOnlyBeMeantToBeADelegate) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    Member ben = provisioned(administrator);
    whole(cleo.ask<EditUsers>(saving(ben, with(&Changes::delegate, true))));
    EXPECT_TRUE(rowOf(cleo, ben.email).attributes.delegate);
    EXPECT_EQ(rowOf(cleo, ben.email).privilege, Privilege::user);
    whole(cleo.ask<EditUsers>(saving(ben, with(&Changes::delegate, false))));
    EXPECT_FALSE(rowOf(cleo, ben.email).attributes.delegate);
    EXPECT_EQ(mailsTo(ben.email, MailKind::roleChanged), 0);
}

TEST_P(UsersTest, WhatAFormerDelegateHasSignedIsSignedAnew) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    Member ben = user(cleo);
    Member dan = user(cleo, "dan@example.org");
    const auto refusedWith = [&](auto change) {
        auto request = dismissing(administrator, cleo);
        change(request.edits[0].resigned);
        return codeOf(administrator.ask<EditUsers>(request));
    };
    EXPECT_EQ(refusedWith([](auto& resigned) { resigned.clear(); }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refusedWith([](auto& resigned) { resigned.pop_back(); }), ErrorCode::changedMeanwhile);
    EXPECT_EQ(refusedWith([](auto& resigned) { resigned[0].signature[3] ^= 1; }), ErrorCode::invalidInput);
    EXPECT_EQ(refusedWith([&](auto& resigned) { resigned.push_back(administrator.statementAbout(administrator)); }),
              ErrorCode::changedMeanwhile);
    EXPECT_EQ(rowOf(administrator, cleo.email).privilege, Privilege::delegate);

    const int told = mailsTo(cleo.email, MailKind::roleChanged);
    whole(administrator.ask<EditUsers>(dismissing(administrator, cleo)));
    EXPECT_EQ(rowOf(administrator, cleo.email).privilege, Privilege::user);
    EXPECT_EQ(codeOf(cleo.ask<ListUsers>()), ErrorCode::notPrivileged);
    EXPECT_TRUE(cleo.begin().ok()) << "its session goes on";
    EXPECT_EQ(mailsTo(cleo.email, MailKind::roleChanged), told + 1);
    const auto vault = whole(ben.ask<GetVault>());
    EXPECT_THAT(vault.delegates, IsEmpty());
    for (const auto& member : vault.members) {
        EXPECT_EQ(member.signer, administrator.account) << member.email;
        EXPECT_TRUE(crypto::verifySignature(administrator.signingKey().publicKey(),
                                            memberStatementBytes(administrator.organization, member),
                                            member.signature));
    }
}

TEST_P(UsersTest, ADelegateStepsDownOnlyWhenItHasSignedNobody) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    Member dora = delegate(administrator, "dora@example.org");
    Member ben = user(cleo);
    EXPECT_EQ(codeOf(cleo.ask<EditUsers>(dismissing(cleo, cleo))), ErrorCode::refused);
    EXPECT_TRUE(dora.ask<EditUsers>(saving(dora, with(&Changes::delegate, false))).ok());
    EXPECT_TRUE(dora.ask<ShowAccount>().ok());
    EXPECT_EQ(codeOf(dora.ask<ListUsers>()), ErrorCode::notPrivileged);
}

// --- :Recover and quotas ---

TEST_P(UsersTest, RecoverAndDoubleAreTheConversionMode) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto modeWith = [&](const AttributeChanges& changes) {
        whole(administrator.ask<EditUsers>(saving(ben, changes)));
        return whole(ben.ask<ShowAccount>()).mode;
    };
    EXPECT_EQ(whole(ben.ask<ShowAccount>()).mode, container::ConversionMode::hybrid);
    EXPECT_EQ(modeWith(with(&Changes::doubleConversion, true)), container::ConversionMode::doubled);
    EXPECT_EQ(modeWith(with(&Changes::recover, false)), container::ConversionMode::optimized);
    EXPECT_EQ(modeWith(with(&Changes::recover, true)), container::ConversionMode::hybrid)
        << "Double went with :Recover";
    EXPECT_EQ(modeWith(with(&Changes::recover, false)), container::ConversionMode::optimized);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(ben, with(&Changes::doubleConversion, true)))),
              ErrorCode::invalidInput);
    EXPECT_EQ(modeWith(with(&Changes::recover, true, &Changes::doubleConversion, true)),
              container::ConversionMode::doubled);
}

TEST_P(UsersTest, RecoverIsOffWhereItIsNotLicensed) {
    Member administrator = ada();
    Member ben = user(administrator);
    under_->alter("UPDATE organizations SET recover = 0");
    EXPECT_FALSE(whole(administrator.ask<NewUser>(newUser("dan@example.org"))).attributes.recover);
    EXPECT_EQ(codeOf(administrator.ask<NewUser>(newUser("eve@example.org", with(&Changes::recover, true)))),
              ErrorCode::refused);
    EXPECT_TRUE(
        administrator.ask<EditUsers>(saving(ben, with(&Changes::unsignedApps, true, &Changes::recover, true))).ok())
        << "it had it before";
    whole(administrator.ask<EditUsers>(saving(ben, with(&Changes::recover, false))));
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(ben, with(&Changes::recover, true)))), ErrorCode::refused);
}

TEST_P(UsersTest, ANewAccountGetsWhatIsLeftOfTheQuota) {
    Member administrator = ada();
    const auto given = rowOf(administrator, administrator.email).attributes.quotaMegabytes;
    setQuota(static_cast<int>(given) + 1500);
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 1500u);
    EXPECT_EQ(whole(administrator.ask<NewUser>(newUser("ben@example.org"))).attributes.quotaMegabytes, 1024u);
    EXPECT_EQ(whole(administrator.ask<NewUser>(newUser("dan@example.org"))).attributes.quotaMegabytes, 476u);
    EXPECT_EQ(whole(administrator.ask<NewUser>(newUser("eve@example.org"))).attributes.quotaMegabytes, 0u);
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 0u);
}

TEST_P(UsersTest, MoreQuotaThanTheOrganizationHasIsRefused) {
    Member administrator = ada();
    const auto own = rowOf(administrator, administrator.email).attributes.quotaMegabytes;
    setQuota(static_cast<int>(own) + 100);
    const auto ben =
        whole(administrator.ask<NewUser>(newUser("ben@example.org", with(&Changes::quotaMegabytes, 60)))).account;
    EXPECT_EQ(codeOf(administrator.ask<NewUser>(newUser("dan@example.org", with(&Changes::quotaMegabytes, 41)))),
              ErrorCode::quotaExceeded);
    const auto dan =
        whole(administrator.ask<NewUser>(newUser("dan@example.org", with(&Changes::quotaMegabytes, 40)))).account;
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(dan, with(&Changes::quotaMegabytes, 41))}))),
              ErrorCode::quotaExceeded);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(dan, with(&Changes::quotaMegabytes, 0xffffffff))}))),
              ErrorCode::quotaExceeded);
    // In whatever order: what counts is the sum at the end.
    EXPECT_TRUE(administrator
                    .ask<EditUsers>(saving({editOf(dan, with(&Changes::quotaMegabytes, 70)),
                                            editOf(ben, with(&Changes::quotaMegabytes, 30))}))
                    .ok());
}

TEST_P(UsersTest, AnOrganizationThatGaveTooMuchCanStillBeEdited) {
    Member administrator = ada();
    const auto ben =
        whole(administrator.ask<NewUser>(newUser("ben@example.org", with(&Changes::quotaMegabytes, 50)))).account;
    setQuota(10);
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 0u);
    EXPECT_TRUE(administrator.ask<EditUsers>(saving({editOf(ben, with(&Changes::disabled, true))})).ok());
    EXPECT_TRUE(administrator.ask<EditUsers>(saving({editOf(ben, with(&Changes::quotaMegabytes, 49))})).ok());
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(ben, with(&Changes::quotaMegabytes, 50))}))),
              ErrorCode::quotaExceeded);
}

TEST_P(UsersTest, TheQuotaOfARemovedMemberCountsOnThatOfADismissedOneDoesNot) {
    Member administrator = ada();
    const auto own = rowOf(administrator, administrator.email).attributes.quotaMegabytes;
    setQuota(static_cast<int>(own) + 2000);
    Member ben = user(administrator);
    Member dan = provisioned(administrator, "dan@example.org");
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 0u);
    ASSERT_TRUE(administrator.remove(ben).ok());
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 0u);
    whole(administrator.ask<DismissUser>({dan.account, {}}));
    EXPECT_EQ(whole(administrator.ask<ListUsers>()).quotaAvailable, 976u);
}

TEST_P(UsersTest, OfTwoSaveAllsAtOnceOnlyOneGetsTheLastQuota) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    const auto ben =
        whole(administrator.ask<NewUser>(newUser("ben@example.org", with(&Changes::quotaMegabytes, 0)))).account;
    const auto dan =
        whole(administrator.ask<NewUser>(newUser("dan@example.org", with(&Changes::quotaMegabytes, 0)))).account;
    const auto left = whole(administrator.ask<ListUsers>()).quotaAvailable;
    Result<EditUsers::Response> first = EditUsers::Response{};
    Result<EditUsers::Response> second = EditUsers::Response{};
    std::thread one(
        [&] { first = administrator.ask<EditUsers>(saving({editOf(ben, with(&Changes::quotaMegabytes, left))})); });
    std::thread two([&] { second = cleo.ask<EditUsers>(saving({editOf(dan, with(&Changes::quotaMegabytes, left))})); });
    one.join();
    two.join();
    ASSERT_NE(first.ok(), second.ok());
    EXPECT_EQ(codeOf(first.ok() ? second : first), ErrorCode::quotaExceeded);
}

// --- gone ---

TEST_P(UsersTest, WhoIsGoneCannotBeEdited) {
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

TEST_P(UsersTest, AResentCodeTakesThePlaceOfTheOneBefore) {
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

TEST_P(UsersTest, OnlyWhoIsProvisionedGetsACodeAgain) {
    Member administrator = ada();
    Member ben = registered(administrator);
    Member cleo = user(administrator, "cleo@example.org");
    EXPECT_EQ(codeOf(administrator.ask<ResendCode>({ben.account})), ErrorCode::refused);
    EXPECT_EQ(codeOf(administrator.ask<ResendCode>({cleo.account})), ErrorCode::refused);
    whole(administrator.ask<DismissUser>({ben.account, {}}));
    EXPECT_EQ(codeOf(administrator.ask<ResendCode>({ben.account})), ErrorCode::refused);
}

TEST_P(UsersTest, TheCodeOfAResetIsResentAsOne) {
    Member administrator = ada();
    Member ben = user(administrator);
    ASSERT_TRUE(administrator.resetPasswordOf(ben).ok());
    const auto first = codeFor(ben, MailKind::passwordReset);
    whole(administrator.ask<ResendCode>({ben.account}));
    const auto second = codeFor(ben, MailKind::passwordReset);
    EXPECT_FALSE(crypto::equalSecrets(first, second));
    EXPECT_EQ(rowOf(administrator, ben.email).mail.state, "waiting");
}

TEST_P(UsersTest, OnlyTheAdministratorResetsEnhancedLogins) {
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
