#include "kodiac_under_test.h"
#include "ssprotect/kodiac/report_operations.h"

#include <gmock/gmock.h>

namespace ssprotect::kodiac {
namespace {

using container::IdentityBytes;
using test::Individual;
using testing::HasSubstr;

class OpenTest : public KodiacTest {};
INSTANTIATE_TEST_SUITE_P(Kodiac, OpenTest, testing::ValuesIn(implementations()));

TEST_P(OpenTest, GivesWhatAReaderNeeds) {
    Individual ada = settled();
    const auto first = *ada.store();
    const auto second = *ada.store(Individual::fileOf(first));
    const auto opened = *ada.open(first);
    EXPECT_EQ(opened.digest, ada.commitItem(first).digest);
    EXPECT_EQ(opened.creator, ada.account);
    EXPECT_EQ(opened.creatorKey, ada.signingKey().publicKey());
    EXPECT_EQ(opened.latest, 2u);
    EXPECT_EQ(opened.share.size(), 32u);
    EXPECT_FALSE(opened.grant.isNull());
    EXPECT_EQ(ada.open(second)->latest, 2u);
}

TEST_P(OpenTest, OnlyCommittedVersionsCountAsLatest) {
    Individual ada = settled();
    const auto first = *ada.store();
    ASSERT_TRUE(ada.begin(Individual::fileOf(first)).ok());
    EXPECT_EQ(ada.open(first)->latest, 1u);
}

TEST_P(OpenTest, VerifyingGivesNoGrant) {
    Individual ada = settled();
    EXPECT_TRUE(ada.open(*ada.store(), OpenPurpose::verify)->grant.isNull());
}

TEST_P(OpenTest, AnyChangedByteOfTheIdentityIsRefused) {
    Individual ada = settled();
    const auto identity = *ada.store();
    OpenVersion::Request request;
    for (std::size_t i = 0; i < identity.size(); ++i)
        for (const Byte bit : {Byte{0x01}, Byte{0x80}}) {
            OpenVersion::Item item{identity, 0, OpenPurpose::managed};
            item.identity[i] ^= bit;
            request.items.push_back(item);
        }
    const auto response = *ada.ask<OpenVersion>(request);
    constexpr std::size_t kFileId = 16;
    for (std::size_t i = 0; i < response.items.size(); ++i) {
        const std::size_t offset = i / 2;
        const bool inFileId = offset >= kFileId && offset < kFileId + FileId::kSize;
        ASSERT_TRUE(response.items[i].error.has_value()) << offset;
        EXPECT_EQ(response.items[i].error->code, inFileId ? ErrorCode::notFound : ErrorCode::integrity) << offset;
        EXPECT_TRUE(response.items[i].share.empty());
        EXPECT_TRUE(response.items[i].grant.isNull());
    }
    EXPECT_TRUE(under_->content()["grants"].empty());
}

TEST_P(OpenTest, AVersionThatWasNeverStoredToItsEndIsNotFound) {
    Individual ada = settled();
    const auto begun = *ada.begin();
    EXPECT_EQ(codeOf(ada.open(begun.identity)), ErrorCode::notFound);
    ASSERT_TRUE(ada.abandon(begun.identity).ok());
    EXPECT_EQ(codeOf(ada.open(begun.identity)), ErrorCode::notFound);
}

TEST_P(OpenTest, AnotherOrganizationsFileIsRefused) {
    Individual ada = settled();
    Individual ben = settled("ben@example.org");
    const auto identity = *ada.store();
    for (const auto purpose : {OpenPurpose::managed, OpenPurpose::release, OpenPurpose::verify})
        EXPECT_EQ(codeOf(ben.open(identity, purpose)), ErrorCode::foreignFile);
}

TEST_P(OpenTest, ReleasingNeedsThePermission) {
    Individual ada = settled();
    const auto identity = *ada.store();
    under_->alter("UPDATE accounts SET release_protections = 0");
    EXPECT_EQ(codeOf(ada.open(identity, OpenPurpose::release)), ErrorCode::releaseNotPermitted);
    EXPECT_TRUE(ada.open(identity, OpenPurpose::managed).ok());
    under_->alter("UPDATE accounts SET release_protections = 1");
    EXPECT_TRUE(ada.open(identity, OpenPurpose::release).ok());
}

TEST_P(OpenTest, AVersionOlderThanLastSeenThereIsOpenedAndAudited) {
    Individual ada = settled();
    const auto first = *ada.store();
    ASSERT_TRUE(ada.store(Individual::fileOf(first)).ok());
    ASSERT_TRUE(ada.open(first, OpenPurpose::managed, 2).ok());
    const auto rows = ada.ask<ListAudit>({0, 1})->rows;
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].operation, "file.open");
    EXPECT_EQ(rows[0].result, "ok");
    EXPECT_THAT(rows[0].reason, HasSubstr("older than version 2"));
    ASSERT_TRUE(ada.open(first, OpenPurpose::managed, 1).ok());
    EXPECT_EQ(ada.ask<ListAudit>({0, 1})->rows.at(0).reason, "");
}

} // namespace
} // namespace ssprotect::kodiac
