#include "kodiac_under_test.h"

namespace ssprotect::kodiac {
namespace {

using test::Individual;

class RestoreTest : public KodiacTest {
protected:
    void restore() {
        under_->keepSnapshot();
        under_->restoreSnapshot();
    }
};
INSTANTIATE_TEST_SUITE_P(Kodiac, RestoreTest, testing::ValuesIn(implementations()));

TEST_P(RestoreTest, SessionsEndAndEveryHostEnrolsAnew) {
    Individual ada = settled();
    const Call stale = ada.signedCall<ShowAccount>();
    restore();
    ada.rebind(kodiac());
    EXPECT_EQ(codeOf(ada.send(stale)), ErrorCode::notLoggedIn);
    ASSERT_TRUE(ada.login().ok()); // the code is not looked at: KODiAC has no secret
    EXPECT_FALSE(ada.session.hostEnrolled);
    EXPECT_TRUE(ada.session.keysExported);
    EXPECT_EQ(codeOf(ada.send(ada.signedCall<ShowAccount>())), ErrorCode::secondFactorMissing);
    ASSERT_TRUE(ada.enrolHost().ok());
    EXPECT_TRUE(ada.ask<ShowAccount>().ok());
}

TEST_P(RestoreTest, NewStoresHaveANewShareEpochAndOldVersionsOpenAsBefore) {
    Individual ada = settled();
    const auto old = *ada.store();
    const auto share = ada.open(old)->share.clone();
    restore();
    ada.rebind(kodiac());
    ASSERT_TRUE(ada.login().ok());
    ASSERT_TRUE(ada.enrolHost().ok());
    EXPECT_TRUE(crypto::equalSecrets(ada.open(old)->share, share));
    const auto next = *ada.store(Individual::fileOf(old));
    EXPECT_EQ(container::Identity::parse(next)->shareEpoch, 2u);
    EXPECT_EQ(container::Identity::parse(next)->version, 2u);
    EXPECT_TRUE(ada.open(next).ok());
}

TEST_P(RestoreTest, AVersionStoredAfterTheBackupNeverSharesItsKeysWithTheOneThatTakesItsNumber) {
    Individual ada = settled();
    const auto first = *ada.store();
    under_->keepSnapshot();
    const auto lost = *ada.begin(Individual::fileOf(first));
    ASSERT_TRUE(ada.commit(lost.identity).ok());
    under_->restoreSnapshot();
    ada.rebind(kodiac());
    ASSERT_TRUE(ada.login().ok());
    ASSERT_TRUE(ada.enrolHost().ok());
    EXPECT_EQ(codeOf(ada.open(lost.identity)), ErrorCode::integrity);
    const auto retaken = *ada.begin(Individual::fileOf(first));
    EXPECT_EQ(Individual::versionOf(retaken.identity), Individual::versionOf(lost.identity));
    EXPECT_NE(retaken.identity, lost.identity);
    EXPECT_FALSE(crypto::equalSecrets(retaken.share, lost.share));
    EXPECT_EQ(codeOf(ada.open(lost.identity)), ErrorCode::integrity);
}

TEST_P(RestoreTest, ALoginBegunBeforeIsVoid) {
    Individual ada = settled();
    const auto request = ada.finishRequest(*ada.startLogin());
    restore();
    ada.rebind(kodiac());
    EXPECT_EQ(codeOf(ada.send(callFor<FinishLogin>(request))), ErrorCode::loginFailed);
}

TEST_P(RestoreTest, HappensOncePerSnapshotAndIsAudited) {
    Individual ada = settled();
    under_->keepSnapshot();
    under_->restoreSnapshot();
    auto restored = under_->content();
    EXPECT_EQ(restored["share_roots"].size(), 2u);
    std::size_t audited = 0;
    for (const auto& row : restored["audit"])
        audited += row.find("operator.restore") != std::string::npos ? 1 : 0;
    EXPECT_EQ(audited, 1u);
    under_->reopen();
    EXPECT_EQ(under_->content()["share_roots"].size(), 2u);
}

TEST_P(RestoreTest, AKodiacThatWasOnlyClosedGoesOnAsItWas) {
    Individual ada = settled();
    const auto begun = *ada.begin();
    under_->keepSnapshot(); // making one changes nothing
    under_->reopen();
    ada.rebind(kodiac());
    EXPECT_TRUE(ada.commit(begun.identity).ok());
    EXPECT_EQ(under_->content()["share_roots"].size(), 1u);
}

} // namespace
} // namespace ssprotect::kodiac
