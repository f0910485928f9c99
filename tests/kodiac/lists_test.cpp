#include "kodiac_under_test.h"
#include "ssprotect/kodiac/report_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using test::Individual;
using testing::ElementsAre;
using testing::IsEmpty;

class ListsTest : public KodiacTest {
protected:
    static std::vector<VersionNumber> numbers(const ListVersions::Response& response) {
        std::vector<VersionNumber> found;
        for (const auto& row : response.versions)
            found.push_back(row.version);
        return found;
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, ListsTest, testing::ValuesIn(implementations()));

TEST_P(ListsTest, VersionsComeNewestFirstWithWhatWasCommitted) {
    Individual ada = settled("Ada@example.org");
    const auto first = *ada.store();
    const FileId file = Individual::fileOf(first);
    pass(std::chrono::minutes(1));
    const auto second = *ada.store(file);
    const auto listed = *ada.ask<ListVersions>({file, 0, 500});
    EXPECT_EQ(listed.owner, ada.account);
    ASSERT_THAT(numbers(listed), ElementsAre(2, 1));
    const auto& row = listed.versions[0];
    EXPECT_EQ(row.created, under_->clock().now());
    EXPECT_EQ(row.creator, ada.account);
    EXPECT_EQ(row.creatorEmail, "Ada@example.org");
    EXPECT_EQ(row.size, ada.commitItem(second).size);
    EXPECT_EQ(row.keyEpoch, 1u);
    EXPECT_FALSE(row.restorable);
    EXPECT_FALSE(row.reason.empty());
    EXPECT_EQ(row.sealedName, ada.commitItem(second).sealedName);
    EXPECT_EQ(row.sealedPath, ada.commitItem(second).sealedPath);
}

TEST_P(ListsTest, OnlyCommittedVersionsAreListed) {
    Individual ada = settled();
    const FileId file = Individual::fileOf(*ada.store());
    ASSERT_TRUE(ada.begin(file).ok());
    ASSERT_TRUE(ada.abandon(ada.begin(file)->identity).ok());
    ASSERT_TRUE(ada.store(file).ok());
    EXPECT_THAT(numbers(*ada.ask<ListVersions>({file, 0, 500})), ElementsAre(4, 1));
}

TEST_P(ListsTest, VersionsComeInPages) {
    Individual ada = settled();
    const FileId file = Individual::fileOf(*ada.store());
    for (int i = 0; i < 4; ++i)
        ASSERT_TRUE(ada.store(file).ok());
    EXPECT_THAT(numbers(*ada.ask<ListVersions>({file, 0, 2})), ElementsAre(5, 4));
    EXPECT_THAT(numbers(*ada.ask<ListVersions>({file, 4, 2})), ElementsAre(3, 2));
    EXPECT_THAT(numbers(*ada.ask<ListVersions>({file, 2, 2})), ElementsAre(1));
    EXPECT_THAT(numbers(*ada.ask<ListVersions>({file, 1, 2})), IsEmpty());
}

TEST_P(ListsTest, VersionsOfAnotherOrganizationOrOfNothingAreNotListed) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    const FileId file = Individual::fileOf(*ada.store());
    EXPECT_EQ(codeOf(ben.ask<ListVersions>({file, 0, 500})), ErrorCode::foreignFile);
    EXPECT_EQ(codeOf(ada.ask<ListVersions>({FileId::random(random_), 0, 500})), ErrorCode::notFound);
}

TEST_P(ListsTest, TheAuditTrailTellsWhoDidWhatWhereAndHowItEnded) {
    Individual ada = settled();
    const auto identity = *ada.store();
    pass(std::chrono::seconds(3));
    EXPECT_EQ(codeOf(ada.begin(Individual::fileOf(identity), GrantId::random(random_))), ErrorCode::refused);
    const auto rows = ada.ask<ListAudit>({0, 3})->rows;
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].operation, "file.begin");
    EXPECT_EQ(rows[0].result, "refused");
    EXPECT_FALSE(rows[0].reason.empty());
    EXPECT_EQ(rows[0].file, Individual::fileOf(identity));
    EXPECT_EQ(rows[0].at, under_->clock().now());
    EXPECT_EQ(rows[1].operation, "file.commit");
    EXPECT_EQ(rows[1].result, "ok");
    EXPECT_EQ(rows[1].file, Individual::fileOf(identity));
    EXPECT_EQ(rows[1].version, 1u);
    EXPECT_EQ(rows[1].account, ada.account);
    EXPECT_EQ(rows[1].host, ada.host);
    EXPECT_GT(rows[0].sequence, rows[1].sequence);
    EXPECT_GT(rows[1].sequence, rows[2].sequence);
}

TEST_P(ListsTest, EachItemOfABatchIsAuditedByItself) {
    Individual ada = settled();
    BeginStore::Request request;
    request.items.resize(3);
    request.items[1].chain = FileId::random(random_);
    const auto begun = *ada.ask<BeginStore>(request);
    const auto rows = ada.ask<ListAudit>({0, 3})->rows;
    EXPECT_EQ(rows[2].file, Individual::fileOf(begun.items[0].identity));
    EXPECT_EQ(rows[1].file, request.items[1].chain);
    EXPECT_EQ(rows[1].result, "not-found");
    EXPECT_EQ(rows[0].file, Individual::fileOf(begun.items[2].identity));
}

TEST_P(ListsTest, AnAbandonedNumberIsAudited) {
    Individual ada = settled();
    const auto begun = *ada.begin();
    ASSERT_TRUE(ada.abandon(begun.identity).ok());
    const auto rows = ada.ask<ListAudit>({0, 1})->rows;
    EXPECT_EQ(rows[0].operation, "file.commit");
    EXPECT_EQ(rows[0].result, "disk-full");
    EXPECT_EQ(rows[0].version, 1u);
    EXPECT_EQ(rows[0].file, Individual::fileOf(begun.identity));
}

TEST_P(ListsTest, AuditRowsComeInPagesAndOnlyOnesOwn) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    ASSERT_TRUE(ada.store().ok());
    std::vector<std::int64_t> sequences;
    std::int64_t before = 0;
    for (;;) {
        const auto rows = ada.ask<ListAudit>({before, 1})->rows;
        if (rows.empty())
            break;
        EXPECT_EQ(rows[0].account, ada.account);
        sequences.push_back(rows[0].sequence);
        before = rows[0].sequence;
    }
    EXPECT_GE(sequences.size(), 4u);
    EXPECT_TRUE(std::is_sorted(sequences.rbegin(), sequences.rend()));
}

TEST_P(ListsTest, AFailedLoginShowsInTheTrailOfTheAccountItWasAimedAt) {
    Individual ada = settled();
    Individual stranger = ada.onAnotherHost();
    stranger.password = "guess";
    EXPECT_EQ(codeOf(stranger.login()), ErrorCode::loginFailed);
    const auto rows = ada.ask<ListAudit>({0, 1})->rows;
    EXPECT_EQ(rows[0].operation, "login.finish");
    EXPECT_EQ(rows[0].result, "login-failed");
    EXPECT_EQ(rows[0].host, stranger.host);
}

TEST_P(ListsTest, AskingForALostReplyIsAuditedAsSuch) {
    Individual ada = settled();
    const Call call = ada.signedCall<BeginStore>({{BeginStore::Item{}}});
    ASSERT_TRUE(ada.send(call).ok());
    ASSERT_TRUE(ada.send(call).ok());
    const auto rows = ada.ask<ListAudit>({0, 2})->rows;
    EXPECT_EQ(rows[0].reason, "the reply was asked for again");
    EXPECT_EQ(rows[0].file, rows[1].file);
    EXPECT_EQ(rows[1].reason, "");
}

} // namespace
} // namespace ssprotect::kodiac
