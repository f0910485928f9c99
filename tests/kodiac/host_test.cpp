#include "another_host.h"
#include "kodiac_under_test.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/report_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::HasSubstr;
using testing::SizeIs;

class HostTest : public KodiacTest {
protected:
    static Result<HostApproval::Response> approval(Individual& person) { return askWithoutCode<HostApproval>(person); }
    static ListHosts::Row rowOf(Individual& person, const HostId& host) {
        const auto listed = person.ask<ListHosts>();
        for (const auto& row : listed->rows)
            if (row.host == host)
                return row;
        ADD_FAILURE() << "the host is not listed";
        return {};
    }
    static Result<ApproveHost::Response> approve(Individual& person, const HostId& host,
                                                 const crypto::PublicKey& agreement) {
        return person.ask<ApproveHost>({host, agreement, {9}, Bytes(48, 7)});
    }

    const crypto::PublicKey key_{1, 2, 3};
};
INSTANTIATE_TEST_SUITE_P(Kodiac, HostTest, testing::ValuesIn(implementations()));

TEST_P(HostTest, ANewHostAsksAndGetsWhatAnEnrolledOneSealedForIt) {
    Individual ada = settled();
    Individual away = arrived(ada);
    ASSERT_TRUE(askWithoutCode<RequestHost>(away, {key_}).ok());
    EXPECT_FALSE(approval(away)->approved);

    const auto row = rowOf(ada, away.host);
    EXPECT_EQ(row.asks, key_);
    EXPECT_FALSE(row.enrolled);
    EXPECT_EQ(row.name, "another");
    EXPECT_EQ(hostComparisonCode(ada.account, away.host, *row.asks), hostComparisonCode(away.account, away.host, key_));
    ASSERT_TRUE(approve(ada, away.host, key_).ok());

    const auto got = approval(away);
    EXPECT_TRUE(got->approved);
    EXPECT_EQ(got->encapsulated, crypto::PublicKey{9});
    EXPECT_EQ(got->ciphertext, Bytes(48, 7));
    EXPECT_EQ(rowOf(ada, away.host).asks, std::nullopt);
    ASSERT_TRUE(away.enrolHost().ok());
    EXPECT_TRUE(rowOf(ada, away.host).enrolled);
    EXPECT_EQ(codeOf(away.ask<HostApproval>()), ErrorCode::notFound); // used
}

TEST_P(HostTest, WhoAsksIsListedFirstTheLatestBeforeAll) {
    Individual ada = settled();
    const auto arrive = [&](std::string name, bool asks) {
        Individual away = ada.onAnotherHost();
        away.hostName = std::move(name);
        EXPECT_TRUE(away.login().ok());
        pass(std::chrono::seconds(1));
        if (asks) {
            EXPECT_TRUE(askWithoutCode<RequestHost>(away, {key_}).ok());
        }
    };
    arrive("a stranger", false);
    arrive("b asked long ago", true);
    pass(kHostRequestLife);
    arrive("m", true);
    arrive("z", true);
    std::vector<std::string> names;
    const auto listed = ada.ask<ListHosts>();
    for (const auto& row : listed->rows)
        names.push_back(row.name);
    EXPECT_THAT(names, testing::ElementsAre("z", "m", ada.hostName, "a stranger", "b asked long ago"));
}

TEST_P(HostTest, ARequestStandsTenMinutes) {
    Individual ada = settled();
    Individual away = arrived(ada);
    ASSERT_TRUE(askWithoutCode<RequestHost>(away, {key_}).ok());
    pass(kHostRequestLife);
    EXPECT_EQ(codeOf(approval(away)), ErrorCode::expired);
    EXPECT_EQ(codeOf(approve(ada, away.host, key_)), ErrorCode::expired);
    EXPECT_EQ(rowOf(ada, away.host).asks, std::nullopt);
    ASSERT_TRUE(askWithoutCode<RequestHost>(away, {key_}).ok());
    EXPECT_TRUE(approve(ada, away.host, key_).ok());
}

TEST_P(HostTest, OnlyTheRequestThatWasComparedIsApproved) {
    Individual ada = settled();
    Individual away = arrived(ada);
    ASSERT_TRUE(askWithoutCode<RequestHost>(away, {key_}).ok());
    const crypto::PublicKey other{5};
    ASSERT_TRUE(askWithoutCode<RequestHost>(away, {other}).ok());
    EXPECT_EQ(codeOf(approve(ada, away.host, key_)), ErrorCode::changedMeanwhile);
    EXPECT_FALSE(approval(away)->approved);
    ASSERT_TRUE(approve(ada, away.host, other).ok());
    EXPECT_EQ(codeOf(approve(ada, away.host, other)), ErrorCode::alreadyExists);
}

TEST_P(HostTest, AHostThatDidNotAskOrIsAnotherAccountsOrOneselfIsNotApproved) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    Individual away = arrived(ben);
    ASSERT_TRUE(askWithoutCode<RequestHost>(away, {key_}).ok());
    EXPECT_EQ(codeOf(approve(ada, away.host, key_)), ErrorCode::notFound);
    EXPECT_EQ(codeOf(approve(ada, ada.host, key_)), ErrorCode::refused);
    EXPECT_EQ(codeOf(ada.ask<HostApproval>()), ErrorCode::notFound);
    EXPECT_THAT(ada.ask<ListHosts>()->rows, SizeIs(1));
}

TEST_P(HostTest, AHostWithoutSecondFactorApprovesNobody) {
    Individual ada = settled();
    Individual away = arrived(ada);
    Individual third = arrived(ada);
    ASSERT_TRUE(askWithoutCode<RequestHost>(third, {key_}).ok());
    EXPECT_EQ(codeOf(askWithoutCode<ApproveHost>(away, {third.host, key_, {9}, Bytes(48, 7)})),
              ErrorCode::secondFactorMissing);
    EXPECT_EQ(codeOf(askWithoutCode<ListHosts>(away)), ErrorCode::secondFactorMissing);
    EXPECT_FALSE(approval(third)->approved);
}

TEST_P(HostTest, ARemovedHostIsOutAndComesBackAsANewOne) {
    Individual ada = settled();
    Individual away = arrived(ada);
    ASSERT_TRUE(away.enrolHost().ok());
    ASSERT_TRUE(away.ask<ShowAccount>().ok());
    ASSERT_TRUE(ada.ask<RemoveHost>({away.host}).ok());
    EXPECT_EQ(codeOf(away.ask<ShowAccount>()), ErrorCode::notLoggedIn);
    EXPECT_THAT(ada.ask<ListHosts>()->rows, SizeIs(1));
    EXPECT_EQ(codeOf(ada.ask<RemoveHost>({away.host})), ErrorCode::notFound);
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());

    ASSERT_TRUE(away.login().ok()); // the code it gives is not looked at
    EXPECT_FALSE(away.session.hostEnrolled);
    EXPECT_EQ(codeOf(away.ask<ShowAccount>()), ErrorCode::secondFactorMissing);
    EXPECT_THAT(ada.ask<ListHosts>()->rows, SizeIs(2));
}

TEST_P(HostTest, NobodyRemovesTheHostAtHandOrAnotherAccounts) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    EXPECT_EQ(codeOf(ada.ask<RemoveHost>({ada.host})), ErrorCode::refused);
    EXPECT_EQ(codeOf(ada.ask<RemoveHost>({ben.host})), ErrorCode::notFound);
    EXPECT_TRUE(ben.ask<ShowAccount>().ok());
}

TEST_P(HostTest, ApprovalAndRemovalNameTheHostInTheAuditTrail) {
    Individual ada = settled();
    Individual away = arrived(ada);
    ASSERT_TRUE(askWithoutCode<RequestHost>(away, {key_}).ok());
    ASSERT_TRUE(approve(ada, away.host, key_).ok());
    EXPECT_EQ(ada.ask<ListAudit>({0, 1})->rows.at(0).reason, "approved another (" + away.host.hex() + ")");
    ASSERT_TRUE(ada.ask<RemoveHost>({away.host}).ok());
    const auto row = ada.ask<ListAudit>({0, 1})->rows.at(0);
    EXPECT_EQ(row.operation, "host.remove");
    EXPECT_THAT(row.reason, HasSubstr(away.host.hex()));
}

} // namespace
} // namespace ssprotect::kodiac
