#include "kodiac_under_test.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using container::Identity;
using container::IdentityBytes;
using test::Individual;
using testing::ElementsAre;

/// Batches are done by statements about many items at once. Each item is still answered as if it came alone, behind
/// those before it.
class BatchTest : public KodiacTest {
protected:
    static std::vector<std::string> wordsOf(const auto& items) {
        std::vector<std::string> words;
        for (const auto& item : items)
            words.emplace_back(item.error ? item.error->word() : "ok");
        return words;
    }
    static std::vector<VersionNumber> versionsOf(const std::vector<BeginStore::Begun>& items) {
        std::vector<VersionNumber> versions;
        for (const auto& item : items)
            versions.push_back(item.error ? 0 : Individual::versionOf(item.identity));
        return versions;
    }
    /// So many that no statement takes all of them.
    static constexpr std::size_t kMany = 131;

    std::vector<IdentityBytes> stored(Individual& person, std::size_t count) {
        BeginStore::Request request;
        request.items.resize(count);
        CommitStore::Request commits;
        std::vector<IdentityBytes> identities;
        const auto begun = *person.ask<BeginStore>(request);
        for (const auto& item : begun.items) {
            identities.push_back(item.identity);
            commits.items.push_back(person.commitItem(item.identity));
        }
        const auto committed = *person.ask<CommitStore>(commits);
        for (const auto& item : committed.items)
            EXPECT_FALSE(item.error);
        return identities;
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, BatchTest, testing::ValuesIn(implementations()));

TEST_P(BatchTest, AChainThatComesTwiceGetsTwoNumbers) {
    Individual ada = settled();
    const FileId file = Individual::fileOf(*ada.store());
    const FileId other = Individual::fileOf(*ada.store());
    BeginStore::Request request;
    request.items = {{file, {}}, {other, {}}, {file, {}}, {std::nullopt, {}}, {file, {}}};
    EXPECT_THAT(versionsOf(ada.ask<BeginStore>(request)->items), ElementsAre(2u, 2u, 3u, 1u, 4u));
}

TEST_P(BatchTest, AGrantThatComesTwiceServesOnce) {
    Individual ada = settled();
    const auto first = *ada.store();
    const auto second = *ada.store();
    const GrantId grant = ada.open(first)->grant;
    BeginStore::Request request;
    request.items = {
        {Individual::fileOf(second), grant}, {Individual::fileOf(first), grant}, {Individual::fileOf(first), grant}};
    EXPECT_THAT(wordsOf(ada.ask<BeginStore>(request)->items), ElementsAre("refused", "ok", "refused"));
}

TEST_P(BatchTest, AVersionThatIsCommittedTwiceMustBeTheSame) {
    Individual ada = settled();
    const auto begun = *ada.begin();
    CommitStore::Request request;
    request.items = {ada.commitItem(begun.identity), ada.commitItem(begun.identity), ada.commitItem(begun.identity)};
    request.items.back().size += 1;
    request.abandoned.push_back({request.items[0].file, request.items[0].version, "disk-full"});
    EXPECT_THAT(wordsOf(ada.ask<CommitStore>(request)->items), ElementsAre("ok", "ok", "version-conflict"));
    EXPECT_TRUE(ada.open(begun.identity).ok());
}

TEST_P(BatchTest, WhatIsAbandonedTwiceGivesItsGrantBackOnce) {
    Individual ada = settled();
    const auto first = *ada.store();
    const GrantId grant = ada.open(first)->grant;
    const auto begun = *ada.begin(Individual::fileOf(first), grant);
    CommitStore::Request request;
    request.abandoned.assign(2, {Individual::fileOf(first), 2, "disk-full"});
    ASSERT_TRUE(ada.ask<CommitStore>(request).ok());
    EXPECT_EQ(codeOf(ada.commit(begun.identity)), ErrorCode::versionConflict);
    EXPECT_TRUE(ada.begin(Individual::fileOf(first), grant).ok());
    EXPECT_EQ(codeOf(ada.begin(Individual::fileOf(first), grant)), ErrorCode::refused);
}

TEST_P(BatchTest, AFileThatIsOpenedTwiceGivesTwoGrants) {
    Individual ada = settled();
    const auto identity = *ada.store();
    OpenVersion::Request request;
    request.items.assign(2, {identity, 0, OpenPurpose::managed});
    const auto opened = *ada.ask<OpenVersion>(request);
    EXPECT_THAT(wordsOf(opened.items), ElementsAre("ok", "ok"));
    EXPECT_NE(opened.items[0].grant, opened.items[1].grant);
    for (const auto& item : opened.items)
        EXPECT_TRUE(ada.begin(Individual::fileOf(identity), item.grant).ok());
}

TEST_P(BatchTest, EachOfManyItemsIsAnsweredForItself) {
    Individual ada = settled();
    Individual bob = settled("bob@example.org");
    const auto own = stored(ada, kMany);
    const auto foreign = *bob.store();
    OpenVersion::Request request;
    for (const auto& identity : own)
        request.items.push_back({identity, 0, OpenPurpose::managed});
    request.items[7].identity = foreign;
    request.items[70].identity.back() ^= 1;
    const auto opened = *ada.ask<OpenVersion>(request);
    BeginStore::Request next;
    for (std::size_t i = 0; i < own.size(); ++i) {
        const auto expected = i == 7 ? "foreign-file" : i == 70 ? "integrity" : "ok";
        ASSERT_EQ(opened.items[i].error ? opened.items[i].error->word() : "ok", expected) << i;
        next.items.push_back({Individual::fileOf(own[i]),
                              opened.items[i].grant.isNull() ? std::nullopt : std::optional(opened.items[i].grant)});
    }
    next.items[100].chain = Individual::fileOf(foreign);
    next.items[101].chain = FileId::random(random_);
    const auto begun = *ada.ask<BeginStore>(next);
    for (std::size_t i = 0; i < own.size(); ++i) {
        const auto expected = i == 100 ? "foreign-file" : i == 101 ? "not-found" : "ok";
        ASSERT_EQ(begun.items[i].error ? begun.items[i].error->word() : "ok", expected) << i;
        if (begun.items[i].error)
            continue;
        EXPECT_EQ(Individual::fileOf(begun.items[i].identity), Individual::fileOf(own[i]));
        EXPECT_EQ(Individual::versionOf(begun.items[i].identity), 2u);
    }
}

TEST_P(BatchTest, ManyLostRepliesAreGivenAgainWithTheirShares) {
    Individual ada = settled();
    const auto own = stored(ada, kMany);
    OpenVersion::Request request;
    for (const auto& identity : own)
        request.items.push_back({identity, 0, OpenPurpose::managed});
    for (const Call& call :
         {ada.signedCall<OpenVersion>(request), ada.signedCall<BeginStore>({std::vector<BeginStore::Item>(kMany)})}) {
        const auto first = ada.send(call);
        const auto again = ada.send(call);
        ASSERT_TRUE(first.ok() && again.ok());
        EXPECT_EQ(first->body, again->body);
        ASSERT_EQ(first->secrets.size(), kMany);
        ASSERT_EQ(again->secrets.size(), kMany);
        for (std::size_t i = 0; i < kMany; ++i)
            EXPECT_TRUE(crypto::equalSecrets(first->secrets[i], again->secrets[i]));
    }
}

} // namespace
} // namespace ssprotect::kodiac
