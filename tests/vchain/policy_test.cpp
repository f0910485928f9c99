#include "ssprotect/vchain/policy.h"

#include <gtest/gtest.h>

namespace ssprotect::vchain {
namespace {

template <class Identity> Identity numbered(Byte number) {
    std::array<Byte, 16> bytes{};
    bytes[15] = number;
    return Identity(bytes);
}

const auto kMe = numbered<AccountId>(1);
const auto kPeer = numbered<AccountId>(2);
const auto kNow = numbered<kodiac::SessionId>(3);
const auto kEarlier = numbered<kodiac::SessionId>(4);

ReleasedRecord releasedBy(const kodiac::SessionId& session, const AccountId& owner) {
    return {"/docs/plan.odt", numbered<FileId>(5), 7, owner, session};
}

TEST(Activation, StartsAChainWhereNothingWasReleased) {
    EXPECT_EQ(decideActivation(std::nullopt, kMe, kNow), Activation::newChain);
}

TEST(Activation, ContinuesTheOwnersChainInTheSameSessionAndInLaterOnes) {
    EXPECT_EQ(decideActivation(releasedBy(kNow, kMe), kMe, kNow), Activation::continueChain);
    EXPECT_EQ(decideActivation(releasedBy(kEarlier, kMe), kMe, kNow), Activation::continueChain);
}

TEST(Activation, ContinuesAPeersChainOnlyInTheSessionThatReleasedIt) {
    EXPECT_EQ(decideActivation(releasedBy(kNow, kPeer), kMe, kNow), Activation::continueChain);
    EXPECT_EQ(decideActivation(releasedBy(kEarlier, kPeer), kMe, kNow), Activation::takeOwnership);
}

} // namespace
} // namespace ssprotect::vchain
