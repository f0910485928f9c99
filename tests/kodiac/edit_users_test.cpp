#include "ssprotect/kodiac/lock_operations.h"
#include "ssprotect/kodiac/report_operations.h"
#include "users_test.h"

#include <set>
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
using testing::StartsWith;
using testing::UnorderedElementsAre;

/// *Save* and *Save All…*.
class EditUsersTest : public UsersTest {};
INSTANTIATE_TEST_SUITE_P(Kodiac, EditUsersTest, testing::ValuesIn(implementations()));

// --- save all ---

TEST_P(EditUsersTest, WhatAnEditDoesNotGiveStaysAsItWas) {
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

TEST_P(EditUsersTest, SaveAllChangesAllOrNothingAndNamesTheAccountThatStoppedIt) {
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

TEST_P(EditUsersTest, ASaveAllOfNothingOrOfOneAccountTwiceIsRefused) {
    Member administrator = ada();
    Member ben = provisioned(administrator);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving(std::vector<EditUsers::Edit>{}))), ErrorCode::invalidInput);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(ben.account, with(&Changes::disabled, true)),
                                                          editOf(ben.account, with(&Changes::disabled, false))}))),
              ErrorCode::invalidInput);
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(saving({editOf(AccountId::random(random_), {})}))),
              ErrorCode::notFound);
}

TEST_P(EditUsersTest, EachEditedAccountIsARowOfTheAuditTrailThatSaysWhatChanged) {
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

TEST_P(EditUsersTest, SaveAllMakesNewAccountsInTheSameBreath) {
    Member administrator = ada();
    Member ben = user(administrator);
    auto request = saving(ben, with(&Changes::quotaMegabytes, 7));
    request.added = {{"dan@example.org", with(&Changes::integrityOverride, true)}, {"eve@example.org", {}}};
    whole(administrator.ask<EditUsers>(request));
    EXPECT_EQ(rowOf(administrator, ben.email).attributes.quotaMegabytes, 7u);
    const auto dan = rowOf(administrator, "dan@example.org");
    EXPECT_EQ(dan.state, AccountState::provisioned);
    EXPECT_TRUE(dan.attributes.integrityOverride && dan.attributes.releaseProtections) << "over the usual attributes";
    for (const auto* email : {"dan@example.org", "eve@example.org"})
        EXPECT_EQ(mailsTo(email, MailKind::registrationCode), 1);
    std::vector<std::string> reasons;
    for (const auto& row : whole(administrator.ask<ListAudit>({.limit = 3, .operation = "users.edit"})).rows)
        reasons.push_back(row.operation + ' ' + row.subjectEmail + ' ' + row.reason);
    EXPECT_THAT(reasons, UnorderedElementsAre("users.edit " + ben.email + " AcctQuota 7 MB",
                                              "users.edit dan@example.org provisioned",
                                              "users.edit eve@example.org provisioned"));
}

TEST_P(EditUsersTest, NoAccountIsMadeOrChangedWhenOneOfThemCannotBe) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto before = rowOf(administrator, ben.email).attributes;
    auto request = saving(ben, with(&Changes::unsignedApps, true));
    request.added = {{"dan@example.org", {}}, {"DAN@example.org", {}}};
    const auto twice = administrator.ask<EditUsers>(request);
    EXPECT_EQ(codeOf(twice), ErrorCode::alreadyExists);
    EXPECT_THAT(messageOf(twice), StartsWith("DAN@example.org: "));
    request.added[1].email = "no address";
    EXPECT_THAT(messageOf(administrator.ask<EditUsers>(request)), StartsWith("no address: "));
    request.added[1] = {"eve@example.org", with(&Changes::quotaMegabytes, 0xffffffff)};
    EXPECT_EQ(codeOf(administrator.ask<EditUsers>(request)), ErrorCode::quotaExceeded) << "summed at the end";
    EXPECT_EQ(rowOf(administrator, ben.email).attributes, before);
    EXPECT_THAT(whole(administrator.ask<ListUsers>()).rows, SizeIs(2));
    EXPECT_EQ(mailsTo("dan@example.org", MailKind::registrationCode), 0);
}

TEST_P(EditUsersTest, SaveAllStopsAtTheFirstThatCannotBeMade) {
    Member administrator = ada();
    const auto stoppedBy = [&](std::vector<EditUsers::Added> added) {
        EditUsers::Request request;
        request.added = std::move(added);
        return messageOf(administrator.ask<EditUsers>(request));
    };
    const EditUsers::Added taken{"ADA@example.org", {}};
    const EditUsers::Added odd{"eve@example.org", with(&Changes::recover, false, &Changes::doubleConversion, true)};
    EXPECT_THAT(stoppedBy({{"dan@example.org", {}}, taken, {"no address", {}}, odd}), StartsWith("ADA@example.org: "));
    EXPECT_THAT(stoppedBy({{"dan@example.org", {}}, {"no address", {}}, taken}), StartsWith("no address: "));
    EXPECT_THAT(stoppedBy({{"dan@example.org", {}}, odd, taken, {"no address", {}}}), StartsWith("eve@example.org: "));
}

TEST_P(EditUsersTest, TheAuditTrailNamesOfARefusedSaveAllWhoStoppedItAndNobodyElse) {
    Member administrator = ada();
    Member ben = user(administrator);
    Member dan = user(administrator, "dan@example.org");
    const auto stoppedBy = [&](const EditUsers::Request& request) {
        EXPECT_FALSE(administrator.ask<EditUsers>(request).ok());
        return whole(administrator.ask<ListAudit>({.limit = 1, .operation = "users.edit"})).rows.at(0).subjectEmail;
    };
    const auto good = editOf(ben.account, with(&Changes::unsignedApps, true));
    const auto odd = editOf(dan.account, with(&Changes::recover, false, &Changes::doubleConversion, true));
    EXPECT_EQ(stoppedBy(saving({good, odd})), dan.email);
    EXPECT_EQ(stoppedBy(saving({good, editOf(AccountId::random(random_), {})})), "");
    auto request = saving({good});
    request.added = {{"no address", {}}};
    EXPECT_EQ(stoppedBy(request), "");
    EXPECT_EQ(stoppedBy(saving({editOf(ben.account, with(&Changes::quotaMegabytes, 0xffffffff))})), "");
}

TEST_P(EditUsersTest, EachNewAccountGetsOfTheQuotaWhatThoseBeforeItLeave) {
    Member administrator = ada();
    Member ben = user(administrator);
    const auto given = rowOf(administrator, administrator.email).attributes.quotaMegabytes;
    setQuota(static_cast<int>(given) + 1600);
    auto request = saving(ben, with(&Changes::quotaMegabytes, 100));
    request.added = {{"dan@example.org", with(&Changes::quotaMegabytes, 200)},
                     {"eve@example.org", {}},
                     {"fay@example.org", {}},
                     {"gil@example.org", {}}};
    whole(administrator.ask<EditUsers>(request));
    const auto quotaOf = [&](std::string_view email) { return rowOf(administrator, email).attributes.quotaMegabytes; };
    EXPECT_EQ(quotaOf("dan@example.org"), 200u);
    EXPECT_EQ(quotaOf("eve@example.org"), 1024u);
    EXPECT_EQ(quotaOf("fay@example.org"), 276u);
    EXPECT_EQ(quotaOf("gil@example.org"), 0u);
}

TEST_P(EditUsersTest, EachAccountOfASaveAllIsNewsInItsOrder) {
    Member administrator = ada();
    Member ben = user(administrator);
    Member dan = user(administrator, "dan@example.org");
    const auto newsAfter = [&](std::int64_t after) {
        return whole(Member::answerOf<ListEvents>(
                         administrator.send(administrator.callWithoutCode<ListEvents>({after, 0, 500}))))
            .rows;
    };
    const auto before = newsAfter(0).back().sequence;
    EditUsers::Request request = saving({editOf(dan.account, with(&Changes::unsignedApps, true)),
                                         editOf(ben.account, with(&Changes::unsignedApps, true))});
    request.added = {{"gil@example.org", {}}, {"eve@example.org", {}}};
    whole(administrator.ask<EditUsers>(request));
    std::vector<std::string> told;
    for (const auto& event : newsAfter(before)) {
        EXPECT_EQ(event.sequence, before + static_cast<std::int64_t>(told.size()) + 1);
        told.push_back(event.kind + ' ' + event.subject);
    }
    EXPECT_THAT(told, ElementsAre("users dan@example.org", "users ben@example.org", "users gil@example.org",
                                  "users eve@example.org"));
}

TEST_P(EditUsersTest, ASaveAllOfManyAccountsIsDoneByFewStatements) {
    Member administrator = ada();
    constexpr std::size_t kMany = 130; // so many that no statement takes all of them
    EditUsers::Request request;
    for (std::size_t i = 0; i < kMany; ++i)
        request.added.push_back({"user" + std::to_string(i) + "@example.org", with(&Changes::quotaMegabytes, 1)});
    under_->failStatement(0);
    whole(administrator.ask<EditUsers>(request));
    EXPECT_LT(under_->failStatement(0), static_cast<int>(kMany));
    std::vector<EditUsers::Edit> edits;
    for (const auto& row : whole(administrator.ask<ListUsers>()).rows)
        if (row.account != administrator.account)
            edits.push_back(editOf(row.account, with(&Changes::unsignedApps, true)));
    ASSERT_THAT(edits, SizeIs(kMany));
    under_->failStatement(0);
    whole(administrator.ask<EditUsers>(saving(std::move(edits))));
    EXPECT_LT(under_->failStatement(0), static_cast<int>(kMany));
    std::set<std::string> softwareIds;
    for (const auto& row : whole(administrator.ask<ListUsers>()).rows) {
        EXPECT_EQ(row.attributes.unsignedApps, row.account != administrator.account) << row.email;
        EXPECT_TRUE(softwareIds.insert(row.softwareId).second) << row.email;
        EXPECT_EQ(row.mail.state, "waiting") << row.email;
    }
}

// --- disabled ---

TEST_P(EditUsersTest, ADisabledUserIsOutAtOnceAndComesBackOnceEnabled) {
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

TEST_P(EditUsersTest, TheAdministratorIsNeitherDisabledNorADelegate) {
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

TEST_P(EditUsersTest, TheLastPrivilegedUserCannotGoByAnyEdit) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    under_->alter("UPDATE accounts SET disabled = 1 WHERE privilege = 'administrator'");
    EXPECT_EQ(codeOf(cleo.ask<EditUsers>(saving(cleo, with(&Changes::disabled, true)))), ErrorCode::lastPrivileged);
    EXPECT_EQ(codeOf(cleo.ask<EditUsers>(saving(cleo, with(&Changes::delegate, false)))), ErrorCode::lastPrivileged);
    EXPECT_TRUE(cleo.ask<ListUsers>().ok());
}

TEST_P(EditUsersTest, OfTwoDelegatesThatDisableEachOtherAtOnceOneStays) {
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

TEST_P(EditUsersTest, ADelegateIsMadeWithTheRootsSignature) {
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

TEST_P(EditUsersTest, ADelegateCannotMakeAnotherOne) {
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

TEST_P(EditUsersTest, WhoIsNotYetValidatedCanOnlyBeMeantToBeADelegate) {
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

TEST_P(EditUsersTest, WhatAFormerDelegateHasSignedIsSignedAnew) {
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

TEST_P(EditUsersTest, ADelegateStepsDownOnlyWhenItHasSignedNobody) {
    Member administrator = ada();
    Member cleo = delegate(administrator);
    Member dora = delegate(administrator, "dora@example.org");
    Member ben = user(cleo);
    EXPECT_EQ(codeOf(cleo.ask<EditUsers>(dismissing(cleo, cleo))), ErrorCode::refused);
    EXPECT_TRUE(dora.ask<EditUsers>(saving(dora, with(&Changes::delegate, false))).ok());
    EXPECT_TRUE(dora.ask<ShowAccount>().ok());
    EXPECT_EQ(codeOf(dora.ask<ListUsers>()), ErrorCode::notPrivileged);
}

} // namespace
} // namespace ssprotect::kodiac
