#include "colleagues.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/report_operations.h"
#include "ssprotect/kodiac/user_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::IsEmpty;
using testing::SizeIs;

class ReportTest : public ColleaguesTest {
protected:
    static ListAudit::Request everybody() {
        ListAudit::Request request;
        request.organization = true;
        return request;
    }
    static std::vector<ListAudit::Row> rows(Individual& person, const ListAudit::Request& request) {
        auto listed = person.ask<ListAudit>(request);
        EXPECT_TRUE(listed.ok());
        return listed ? std::move(listed->rows) : std::vector<ListAudit::Row>();
    }
    static Result<ReportDisclosure::Response> disclosed(Individual& person, const Individual& about) {
        ReportDisclosure::Request request;
        request.account = about.account;
        return person.ask<ReportDisclosure>(request);
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, ReportTest, testing::ValuesIn(implementations()));

TEST_P(ReportTest, PrivilegedUsersSeeWhatEverybodyDidAndOthersOnlyThemselves) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    ASSERT_TRUE(una.ask<ShowAccount>().ok());
    auto request = everybody();
    request.account = una.account;
    request.operation = "account.show";
    const auto seen = rows(ada, request);
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].email, una.email);
    EXPECT_EQ(seen[0].hostName, una.hostName);
    EXPECT_EQ(seen[0].account, una.account);

    EXPECT_EQ(codeOf(una.ask<ListAudit>(everybody())), ErrorCode::notPrivileged);
    ListAudit::Request ofAda;
    ofAda.account = ada.account;
    EXPECT_EQ(codeOf(una.ask<ListAudit>(ofAda)), ErrorCode::notPrivileged);
    for (const auto& row : rows(una, {}))
        EXPECT_EQ(row.account, una.account);
}

TEST_P(ReportTest, AnotherOrganizationIsNotSeen) {
    Individual ada = administrator();
    Individual eve = administrator("eve@example.org");
    ASSERT_TRUE(eve.ask<LockStatus>().ok());
    for (const auto& row : rows(ada, everybody()))
        EXPECT_NE(row.account, eve.account);
    auto request = everybody();
    request.account = eve.account;
    EXPECT_THAT(rows(ada, request), IsEmpty());
    EXPECT_THAT(disclosed(ada, eve)->rows, IsEmpty());
}

TEST_P(ReportTest, TheAuditTrailDoesNotTellWhoseAccountOfAnotherOrganizationAnIdIs) {
    Individual ada = administrator();
    Individual eve = administrator("eve@example.org");
    EXPECT_EQ(codeOf(ada.ask<ResendCode>({eve.account})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(ada.ask<PermitSync>({eve.account})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(ada.ask<ResetEnhancedLogin>({eve.account})), ErrorCode::notFound);
    EXPECT_EQ(codeOf(ada.ask<DismissUser>({eve.account, {}})), ErrorCode::notFound);
    for (const auto& row : rows(ada, everybody())) {
        EXPECT_EQ(row.subject, std::nullopt) << row.operation;
        EXPECT_EQ(row.subjectEmail, "") << row.operation;
    }
    // Nor what was written down before.
    under_->alter("UPDATE audit SET subject = (SELECT id FROM accounts WHERE email_key = 'eve@example.org') "
                  "WHERE operation = 'users.resend'");
    auto request = everybody();
    request.operation = "users.resend";
    ASSERT_THAT(rows(ada, request), SizeIs(1));
    EXPECT_EQ(rows(ada, request)[0].subjectEmail, "");
}

TEST_P(ReportTest, WhomAnOperationWasAboutIsNamedWhenItWasRefusedToo) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    EXPECT_EQ(codeOf(ada.ask<ResendCode>({una.account})), ErrorCode::refused);
    ASSERT_TRUE(ada.ask<PermitSync>({una.account}).ok());
    for (const std::string_view operation : {ResendCode::kName, PermitSync::kName}) {
        auto request = everybody();
        request.operation = operation;
        const auto seen = rows(ada, request);
        ASSERT_THAT(seen, SizeIs(1)) << operation;
        EXPECT_EQ(seen[0].subject, una.account);
    }
}

TEST_P(ReportTest, OneAccountsRowsComeToPrivilegedUsersWithoutAskingForEverybodys) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    ASSERT_TRUE(una.ask<ShowAccount>().ok());
    ListAudit::Request request;
    request.account = una.account;
    request.operation = "account.show";
    const auto seen = rows(ada, request);
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].account, una.account);
    request.account = ada.account;
    request.operation = "audit.list";
    EXPECT_THAT(rows(ada, request), SizeIs(1));
}

TEST_P(ReportTest, AnIndividualHasNoOthersToSee) {
    Individual ivy = settled("ivy@example.org");
    Individual eve = settled("eve@example.org");
    ListAudit::Request request;
    request.account = eve.account;
    EXPECT_EQ(codeOf(ivy.ask<ListAudit>(request)), ErrorCode::notPrivileged);
    request.organization = true;
    EXPECT_EQ(codeOf(ivy.ask<ListAudit>(request)), ErrorCode::notPrivileged);
    request.account = ivy.account;
    EXPECT_TRUE(ivy.ask<ListAudit>(request).ok());
}

TEST_P(ReportTest, ARemovedAccountsRowsStay) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    ASSERT_TRUE(una.ask<LockStatus>().error().code == ErrorCode::notPrivileged);
    under_->alter("UPDATE accounts SET state = 'removed', email_key = 'gone' WHERE email_key = 'una@example.org'");
    auto request = everybody();
    request.account = una.account;
    request.limit = 1;
    const auto seen = rows(ada, request);
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].email, una.email);
    EXPECT_EQ(seen[0].result, "not-privileged");
}

TEST_P(ReportTest, WhoOnlyClaimedToBeSomebodyIsToldFromWhoProvedIt) {
    Individual ada = administrator();
    Individual stranger = ada.onAnotherHost();
    stranger.password = "a guess";
    EXPECT_EQ(codeOf(stranger.login()), ErrorCode::loginFailed);
    auto request = everybody();
    request.account = ada.account;
    request.operation = "login.finish";
    request.limit = 1;
    const auto claimed = rows(ada, request);
    ASSERT_THAT(claimed, SizeIs(1));
    EXPECT_EQ(claimed[0].result, "login-failed");
    EXPECT_FALSE(claimed[0].proven);
    ASSERT_TRUE(ada.login().ok());
    const auto proved = rows(ada, request);
    ASSERT_THAT(proved, SizeIs(1));
    EXPECT_TRUE(proved[0].proven);
}

TEST_P(ReportTest, WhatTheOperatorDidIsInNoAccountsNameAndSaysWhatChanged) {
    Individual ada = administrator();
    makeOrganization();
    Individual una = colleague(ada, "una@example.org", "user");
    ASSERT_TRUE(under_->authority().setDisabled(una.email, true).ok());
    ASSERT_TRUE(under_->authority().setLicence("Example", {.seats = 6, .quotaMegabytes = {}, .recover = false}).ok());
    auto request = everybody();
    request.operation = "operator.";
    const auto seen = rows(ada, request);
    ASSERT_THAT(seen, SizeIs(2));
    for (const auto& row : seen) {
        EXPECT_TRUE(row.account.isNull());
        EXPECT_EQ(row.email, "");
        EXPECT_TRUE(row.proven);
    }
    EXPECT_EQ(seen[1].operation, "operator.disable");
    EXPECT_EQ(seen[1].subject, una.account);
    EXPECT_EQ(seen[1].subjectEmail, una.email);
    EXPECT_EQ(seen[1].reason, "Disabled on");
    EXPECT_EQ(seen[0].operation, "operator.set-licence");
    EXPECT_EQ(seen[0].subject, std::nullopt);
    EXPECT_EQ(seen[0].reason, "6 seats instead of 10, :Recover off");
}

TEST_P(ReportTest, AnIndividualSeesWhatTheOperatorDidToIt) {
    Individual ivy = settled("ivy@example.org");
    ASSERT_TRUE(under_->authority().setDisabled(ivy.email, true).ok());
    ASSERT_TRUE(under_->authority().setDisabled(ivy.email, false).ok());
    auto request = everybody();
    request.operation = "operator.";
    EXPECT_THAT(rows(ivy, request), SizeIs(2));
}

TEST_P(ReportTest, FiltersNarrowTheList) {
    Individual ada = administrator();
    const TimePoint start = under_->clock().now();
    const auto identity = *ada.store();
    const FileId file = Individual::fileOf(identity);
    ASSERT_TRUE(ada.store().ok());
    pass(std::chrono::hours(1));
    ASSERT_TRUE(ada.open(identity).ok());
    ASSERT_FALSE(ada.ask<WithdrawProfile>({"none"}).ok());

    auto byFile = everybody();
    byFile.file = file;
    ASSERT_THAT(rows(ada, byFile), SizeIs(3)); // begin, commit, open
    byFile.operation = "file.o";
    EXPECT_THAT(rows(ada, byFile), SizeIs(1));

    ListAudit::Request byTime;
    byTime.operation = "file.";
    byTime.from = start;
    byTime.to = start + std::chrono::hours(1);
    EXPECT_THAT(rows(ada, byTime), SizeIs(4));
    byTime.from = byTime.to;
    byTime.to = std::nullopt;
    EXPECT_THAT(rows(ada, byTime), SizeIs(1));

    ListAudit::Request refusals;
    refusals.refusals = true;
    ASSERT_THAT(rows(ada, refusals), SizeIs(1));
    refusals.result = "not-found";
    EXPECT_THAT(rows(ada, refusals), SizeIs(1));
    refusals.result = "integrity";
    EXPECT_THAT(rows(ada, refusals), IsEmpty());
    for (const char* hostile : {"%", "_", "file%'", "FILE"}) {
        ListAudit::Request request;
        request.operation = hostile;
        EXPECT_EQ(codeOf(ada.ask<ListAudit>(request)), ErrorCode::invalidInput) << hostile;
    }
}

TEST_P(ReportTest, DisclosureCountsWhatAnAccountOpenedAndStoredInThoseDays) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    const TimePoint start = under_->clock().now();
    const auto identity = *ada.store();
    ASSERT_TRUE(una.open(identity).ok());
    pass(std::chrono::hours(1));
    const auto opened = una.open(identity);
    ASSERT_TRUE(una.store(Individual::fileOf(identity), opened->grant).ok());

    const auto report = disclosed(ada, una);
    ASSERT_TRUE(report.ok());
    ASSERT_THAT(report->rows, SizeIs(2));
    const auto& first = report->rows[0];
    EXPECT_EQ(first.file, Individual::fileOf(identity));
    EXPECT_EQ(first.version, 1u);
    EXPECT_EQ(first.opened, 2u);
    EXPECT_EQ(first.stored, 0u);
    EXPECT_EQ(first.first, start);
    EXPECT_EQ(first.last, start + std::chrono::hours(1));
    EXPECT_EQ(first.ownerEmail, ada.email);
    EXPECT_EQ(first.sealedName, Bytes(40, 1));
    EXPECT_EQ(first.keyEpoch, 1u);
    EXPECT_EQ(report->rows[1].version, 2u);
    EXPECT_EQ(report->rows[1].opened, 0u);
    EXPECT_EQ(report->rows[1].stored, 1u);

    pass(std::chrono::days(30) - std::chrono::hours(1));
    ASSERT_TRUE(ada.login().ok());
    EXPECT_EQ(disclosed(ada, una)->rows.at(0).opened, 2u);
    pass(std::chrono::milliseconds(1));
    EXPECT_EQ(disclosed(ada, una)->rows.at(0).opened, 1u);
    pass(std::chrono::hours(1));
    ASSERT_TRUE(ada.login().ok());
    EXPECT_THAT(disclosed(ada, una)->rows, IsEmpty());
}

TEST_P(ReportTest, DisclosureIsOfOneHostToo) {
    Individual ada = administrator();
    Individual away = ada.onAnotherHost();
    ASSERT_TRUE(away.login().ok());
    ASSERT_TRUE(away.enrolHost().ok());
    ASSERT_TRUE(ada.store().ok());
    ASSERT_TRUE(away.store().ok());
    ReportDisclosure::Request request;
    request.host = away.host;
    EXPECT_THAT(ada.ask<ReportDisclosure>(request)->rows, SizeIs(1));
    request.host = std::nullopt;
    request.account = ada.account;
    EXPECT_THAT(ada.ask<ReportDisclosure>(request)->rows, SizeIs(2));
}

TEST_P(ReportTest, DisclosureComesInPages) {
    Individual ada = administrator();
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(ada.store().ok());
    ReportDisclosure::Request request;
    request.account = ada.account;
    request.limit = 2;
    std::vector<FileId> all;
    for (;;) {
        const auto page = ada.ask<ReportDisclosure>(request);
        ASSERT_TRUE(page.ok());
        if (page->rows.empty())
            break;
        for (const auto& row : page->rows)
            all.push_back(row.file);
        request.afterFile = page->rows.back().file;
        request.afterVersion = page->rows.back().version;
    }
    EXPECT_THAT(all, SizeIs(5));
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
}

TEST_P(ReportTest, OthersSeeNobodyElsesDisclosures) {
    Individual ada = administrator();
    Individual una = colleague(ada, "una@example.org", "user");
    EXPECT_EQ(codeOf(disclosed(una, ada)), ErrorCode::notPrivileged);
    EXPECT_TRUE(disclosed(una, una).ok());
    EXPECT_EQ(codeOf(una.ask<ReportDisclosure>()), ErrorCode::invalidInput);
    ReportDisclosure::Request request;
    request.account = una.account;
    for (const std::uint32_t days : {0u, kMostReportDays + 1}) {
        request.days = days;
        EXPECT_EQ(codeOf(una.ask<ReportDisclosure>(request)), ErrorCode::invalidInput);
    }
}

} // namespace
} // namespace ssprotect::kodiac
