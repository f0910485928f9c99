#include "kodiac/operation_table.h"
#include "sample_calls.h"
#include "ssprotect/kodiac/host_operations.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Content = std::map<std::string, std::vector<std::string>>;

/// What every operation owes, whichever it is.
class CorridorTest : public KodiacTest {
protected:
    /// Sends a call that must be refused, and looks what that left behind.
    void expectRefusal(const Call& call, ErrorCode code, const std::set<std::string>& mayChange = {}) {
        const Content before = under_->content();
        EXPECT_EQ(codeOf(kodiac().perform(call)), code) << call.operation;
        Content after = under_->content();
        EXPECT_THAT(after["audit"], SizeIs(before.at("audit").size() + 1)) << call.operation;
        for (const auto& [table, rows] : before)
            if (table != "audit" && !mayChange.contains(table)) {
                EXPECT_EQ(after[table], rows) << call.operation << " changed " << table;
            }
    }

    // The counter that a known caller used, and the request it used it for.
    const std::set<std::string> counted_{"hosts", "replies"};
};
INSTANTIATE_TEST_SUITE_P(Kodiac, CorridorTest, testing::ValuesIn(implementations()));

TEST_P(CorridorTest, TheSamplesCoverTheWholeTable) {
    std::set<std::string> sampled;
    for (const auto& sample : sampleCalls())
        sampled.insert(sample.operation);
    std::set<std::string> listed;
    for (const auto& operation : operationTable()) {
        listed.insert(std::string(operation.name));
        EXPECT_EQ(findOperation(operation.name), &operation);
    }
    EXPECT_EQ(sampled, listed);
    EXPECT_EQ(operationTable().size(), sampleCalls().size());
}

TEST_P(CorridorTest, EverySampleSucceedsWhereItBelongs) {
    for (const auto& sample : sampleCalls()) {
        under_ = GetParam().make();
        Individual ada = settled();
        if (sample.organization)
            makeOrganization();
        const Call call = sample.make(ada, true);
        const auto reply = kodiac().perform(call);
        EXPECT_TRUE(reply.ok()) << sample.operation << ": " << (reply ? "" : reply.error().message);
    }
}

TEST_P(CorridorTest, NothingWorksWithoutASession) {
    Individual ada = settled();
    makeOrganization();
    for (const auto& sample : sampleCalls()) {
        if (!sample.session)
            continue;
        Call call = sample.make(ada, true);
        call.session = {};
        call.token = {};
        expectRefusal(call, ErrorCode::notLoggedIn);
        call.account = {};
        call.host = {};
        call.code.clear();
        expectRefusal(call, ErrorCode::notLoggedIn);
        ada.counter -= 1;
    }
}

TEST_P(CorridorTest, ASessionThatAStrangerNamesIsNotWrittenDown) {
    Individual ada = settled();
    const auto rowsOfTheSession = [&] {
        int count = 0;
        auto content = under_->content();
        for (std::string& row : content["audit"]) {
            std::transform(row.begin(), row.end(), row.begin(), [](unsigned char c) { return std::tolower(c); });
            count += row.find(ada.session.session.hex()) != std::string::npos ? 1 : 0;
        }
        return count;
    };
    ASSERT_TRUE(ada.ask<ShowAccount>().ok());
    const int before = rowsOfTheSession();
    EXPECT_GT(before, 0) << "of who proved it";
    Call call = ada.callWithoutCode<RefreshSession>();
    call.token = crypto::SecretBytes(32);
    EXPECT_EQ(codeOf(kodiac().perform(call)), ErrorCode::notLoggedIn);
    call.account = {};
    EXPECT_EQ(codeOf(kodiac().perform(call)), ErrorCode::notLoggedIn);
    EXPECT_EQ(rowsOfTheSession(), before);
}

TEST_P(CorridorTest, WhatAStrangerClaimsIsNoFaultOfTheDatabase) {
    Individual ada = settled();
    Call call = ada.callWithoutCode<RefreshSession>();
    call.account = {};
    EXPECT_EQ(codeOf(kodiac().perform(call)), ErrorCode::notLoggedIn);
    const auto faults = [&] { return under_->authority().verify(); };
    EXPECT_THAT(*faults(), IsEmpty());
    // As it was written down once.
    under_->alter("UPDATE audit SET session = (SELECT id FROM sessions LIMIT 1) WHERE account IS NULL");
    EXPECT_THAT(*faults(), IsEmpty());
    under_->alter("UPDATE audit SET proven = 1 WHERE account IS NULL");
    EXPECT_THAT(*faults(), ElementsAre(HasSubstr("sessions by nobody")));
}

TEST_P(CorridorTest, NothingWorksWithATokenOfOnesOwnMaking) {
    Individual ada = settled();
    makeOrganization();
    for (const auto& sample : sampleCalls()) {
        if (!sample.session)
            continue;
        Call call = sample.make(ada, true);
        call.token.bytes()[31] ^= 1;
        expectRefusal(call, ErrorCode::notLoggedIn);
        ada.counter -= 1;
    }
}

TEST_P(CorridorTest, NothingWorksWithoutACodeFromAnEnrolledHost) {
    Individual ada = settled();
    makeOrganization();
    for (const auto& sample : sampleCalls()) {
        if (!sample.session || !sample.code)
            continue;
        Call call = sample.make(ada, true);
        call.code.clear();
        expectRefusal(call, ErrorCode::secondFactorMissing);
        ada.counter -= 1;
    }
}

TEST_P(CorridorTest, BeforeTheKeyExportOnlyWhatTheExportNeedsWorks) {
    for (const auto& sample : sampleCalls()) {
        under_ = GetParam().make();
        Individual ada = someone();
        ASSERT_TRUE(ada.create().ok());
        ASSERT_TRUE(ada.ask<ShowAccount>().ok()); // proves its second factor
        if (sample.organization)
            makeOrganization();
        const Call call = sample.make(ada, false);
        if (sample.operation == SyncSecondFactor::kName)
            continue; // nobody could have permitted it
        if (!sample.beforeKeyExport) {
            expectRefusal(call, ErrorCode::exportKeysFirst, counted_);
            continue;
        }
        EXPECT_TRUE(kodiac().perform(call).ok()) << sample.operation;
    }
}

TEST_P(CorridorTest, BeforeTheHostIsEnrolledOnlyTheVaultEnrolmentAndLeavingWork) {
    Individual ada = settled();
    const std::set<std::string> allowed{"vault.get", "host.enrol", "session.end", "host.request", "host.approval"};
    for (const auto& sample : sampleCalls()) {
        if (!sample.session)
            continue;
        Individual away = ada.onAnotherHost();
        ASSERT_TRUE(away.login().ok());
        away.hotpSecret = crypto::SecretBytes(32); // whatever: it has none
        Call call = sample.make(away, false);
        for (const bool withCode : {true, false}) {
            if (!withCode)
                call.code.clear();
            if (!allowed.contains(sample.operation)) {
                expectRefusal(call, ErrorCode::secondFactorMissing);
                continue;
            }
            EXPECT_TRUE(withCode || kodiac().perform(call).ok()) << sample.operation;
        }
    }
}

TEST_P(CorridorTest, ADisabledAccountMayOnlyFinish) {
    for (const auto& sample : sampleCalls()) {
        if (!sample.session)
            continue;
        under_ = GetParam().make();
        Individual ada = settled();
        if (sample.organization)
            makeOrganization();
        const Call call = sample.make(ada, true);
        if (sample.organization)
            under_->alter("UPDATE accounts SET disabled = 1"); // nobody may disable the last Privileged User
        else
            under_->setDisabled(ada.email, true);
        if (!sample.closing) {
            expectRefusal(call, ErrorCode::accountDisabled, counted_);
            continue;
        }
        // Each item is refused by itself: none of them was opened before.
        const Content before = under_->content();
        EXPECT_TRUE(kodiac().perform(call).ok()) << sample.operation;
        Content after = under_->content();
        for (const std::string table : {"files", "versions", "grants"})
            EXPECT_EQ(after[table], before.at(table)) << sample.operation;
    }
}

TEST_P(CorridorTest, ABodyThatIsNoneIsRefusedAndAudited) {
    Individual ada = settled();
    makeOrganization();
    for (const auto& sample : sampleCalls())
        for (const char* body : {"", "{", "[]", "null", "{\"x\":1}", "{}{}", "\xff"}) {
            Call call = sample.make(ada, true);
            call.body = body;
            if (!sample.session)
                expectRefusal(call, ErrorCode::invalidInput);
            else
                expectRefusal(call, ErrorCode::invalidInput, counted_);
        }
}

TEST_P(CorridorTest, NumbersThatNoDatabaseHoldsAreRefused) {
    Individual ada = settled();
    constexpr std::uint64_t kHuge = std::uint64_t{1} << 63;
    expectRefusal(ada.signedCall<PutVault>({kHuge, Bytes{1}}), ErrorCode::invalidInput, counted_);
    expectRefusal(ada.signedCall<ChangePassword>({kHuge, Bytes{1}, ada.newPassword("next password")}),
                  ErrorCode::invalidInput, counted_);
    CommitStore::Request commit;
    commit.items.push_back(ada.commitItem(ada.begin()->identity));
    commit.items[0].size = kHuge;
    expectRefusal(ada.signedCall<CommitStore>(commit), ErrorCode::invalidInput, counted_);
}

TEST_P(CorridorTest, SecretsThatDoNotBelongAreRefused) {
    for (const auto& sample : sampleCalls()) {
        under_ = GetParam().make();
        Individual ada = settled();
        if (sample.organization)
            makeOrganization();
        Call call = sample.make(ada, true);
        call.secrets.push_back(crypto::SecretBytes(32));
        expectRefusal(call, ErrorCode::invalidInput, counted_);
    }
}

TEST_P(CorridorTest, AnUnknownOperationIsAudited) {
    Individual ada = settled();
    Call call = ada.signedCall<ShowAccount>();
    call.operation = "files.destroy";
    expectRefusal(call, ErrorCode::invalidInput);
}

TEST_P(CorridorTest, ARefusedAccountLeavesNothingOfItself) {
    Individual ada = settled();
    Individual eve = someone("ADA@example.org");
    expectRefusal(callFor<CreateIndividual>(eve.createRequest()), ErrorCode::alreadyExists);
}

TEST_P(CorridorTest, ARefusedLoginLeavesTheNonceUsedAndTheFailureCounted) {
    Individual ada = settled();
    auto request = ada.finishRequest(*ada.startLogin());
    request.proof[0] ^= 1;
    expectRefusal(callFor<FinishLogin>(request), ErrorCode::loginFailed, {"nonces", "login_delays"});
}

TEST_P(CorridorTest, ARefusedVaultLeavesTheOldOne) {
    Individual ada = settled();
    expectRefusal(ada.signedCall<PutVault>({9, Bytes{1}}), ErrorCode::versionConflict, counted_);
    expectRefusal(ada.signedCall<ChangePassword>({9, Bytes{1}, ada.newPassword("next password")}),
                  ErrorCode::versionConflict, counted_);
}

} // namespace
} // namespace ssprotect::kodiac
