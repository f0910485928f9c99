#include "sample_calls.h"
#include "ssprotect/kodiac/report_operations.h"

namespace ssprotect::kodiac {
namespace {

using test::Individual;

/// For every operation and every n: the n-th statement fails, begin and commit included.
class FaultsTest : public KodiacTest {};
INSTANTIATE_TEST_SUITE_P(Kodiac, FaultsTest, testing::ValuesIn(implementations()));

TEST_P(FaultsTest, ADatabaseThatFailsAnywhereLeavesEverythingAsItWas) {
    for (const auto& sample : sampleCalls()) {
        under_ = GetParam().make();
        Individual ada = settled();
        if (sample.organization)
            makeOrganization();
        const Call call = sample.make(ada, true);
        const auto before = under_->content();
        int failures = 0;
        for (int n = 1;; ++n) {
            under_->failStatement(n);
            const auto reply = kodiac().perform(call);
            under_->failStatement(0);
            if (reply.ok())
                break;
            ASSERT_EQ(reply.error().code, ErrorCode::diskFull) << sample.operation << ", statement " << n;
            ASSERT_EQ(under_->content(), before) << sample.operation << ", statement " << n;
            ++failures;
        }
        EXPECT_GE(failures, 5) << sample.operation; // begin, something, savepoint, audit, commit
        if (!sample.quiet) {
            EXPECT_NE(under_->content()["audit"], before.at("audit")) << sample.operation;
        }
    }
}

TEST_P(FaultsTest, ARepetitionThatFailsAnywhereLeavesEverythingAsItWas) {
    for (const auto& sample : sampleCalls()) {
        if (!sample.session || sample.operation == EnrolHost::kName) // a new secret starts a new count
            continue;
        under_ = GetParam().make();
        Individual ada = settled();
        if (sample.organization)
            makeOrganization();
        const Call call = sample.make(ada, true);
        const auto first = kodiac().perform(call);
        ASSERT_TRUE(first.ok()) << sample.operation;
        const auto before = under_->content();
        for (int n = 1;; ++n) {
            under_->failStatement(n);
            const auto again = kodiac().perform(call);
            under_->failStatement(0);
            if (again.ok()) {
                if (sample.operation != ListAudit::kName) {
                    EXPECT_EQ(again->body, first->body) << sample.operation;
                }
                ASSERT_EQ(again->secrets.size(), first->secrets.size()) << sample.operation;
                for (std::size_t i = 0; i < first->secrets.size(); ++i)
                    EXPECT_TRUE(crypto::equalSecrets(again->secrets[i], first->secrets[i])) << sample.operation;
                break;
            }
            ASSERT_EQ(again.error().code, ErrorCode::diskFull) << sample.operation << ", statement " << n;
            ASSERT_EQ(under_->content(), before) << sample.operation << ", statement " << n;
        }
        auto after = under_->content();
        for (const std::string table : {"files", "versions", "grants", "vaults", "passwords", "sessions"})
            EXPECT_EQ(after[table], before.at(table)) << sample.operation << " did it twice";
    }
}

TEST_P(FaultsTest, ARefusalThatCannotBeAuditedIsTheDatabasesFailure) {
    Individual ada = settled();
    Call call = ada.signedCall<ShowAccount>();
    call.code = "x";
    const auto before = under_->content();
    under_->failStatement(0);
    EXPECT_EQ(codeOf(kodiac().perform(call)), ErrorCode::secondFactorRefused);
    const int statements = under_->failStatement(0);
    const auto once = under_->content();
    EXPECT_NE(once, before);
    for (int n = 1; n <= statements; ++n) {
        under_->failStatement(n);
        EXPECT_EQ(codeOf(kodiac().perform(call)), ErrorCode::diskFull) << n;
        EXPECT_EQ(under_->content(), once) << n;
    }
}

} // namespace
} // namespace ssprotect::kodiac
