#include "verbs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::shellext {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr MenuRequest kClick{true, false};
constexpr MenuRequest kMenu{};
constexpr MenuRequest kShift{false, true};

SelectionFacts selectionOf(std::initializer_list<FileKind> kinds) {
    SelectionFacts facts;
    facts.count = kinds.size();
    for (const auto kind : kinds)
        facts.add({kind, {}, {}});
    return facts;
}

std::vector<Verb> verbsOf(const SelectionFacts& facts, const MenuRequest& request) {
    std::vector<Verb> verbs;
    for (const auto& offer : offersFor(facts, request))
        verbs.push_back(offer.verb);
    return verbs;
}

TEST(Verbs, ADoubleClickOpensProtectedFilesAndNothingElse) {
    const auto offers = offersFor(selectionOf({FileKind::sealed}), kClick);
    ASSERT_EQ(offers.size(), 1u);
    EXPECT_EQ(offers[0].verb, Verb::open);
    EXPECT_TRUE(offers[0].preferred);
    EXPECT_THAT(offersFor(selectionOf({FileKind::plain}), kClick), IsEmpty());
    EXPECT_THAT(offersFor(selectionOf({FileKind::folder}), kClick), IsEmpty());
    EXPECT_THAT(offersFor(selectionOf({FileKind::unknown}), kClick), IsEmpty());
}

TEST(Verbs, NoApplicationGetsAContainerAmongPlainFilesOrADamagedOne) {
    EXPECT_THAT(verbsOf(selectionOf({FileKind::plain, FileKind::sealed}), kClick), ElementsAre(Verb::open));
    EXPECT_THAT(verbsOf(selectionOf({FileKind::damaged}), kClick), ElementsAre(Verb::open));
}

TEST(Verbs, OfferActivateForPlainFilesAndReleaseWithShiftOnly) {
    EXPECT_THAT(verbsOf(selectionOf({FileKind::plain}), kMenu), ElementsAre(Verb::activate));
    EXPECT_THAT(verbsOf(selectionOf({FileKind::plain}), kShift), ElementsAre(Verb::activate));
    EXPECT_THAT(verbsOf(selectionOf({FileKind::sealed}), kMenu), ElementsAre(Verb::open, Verb::versions));
    EXPECT_THAT(verbsOf(selectionOf({FileKind::sealed}), kShift),
                ElementsAre(Verb::open, Verb::release, Verb::versions));
    EXPECT_THAT(verbsOf(selectionOf({FileKind::sealed, FileKind::plain}), kShift),
                ElementsAre(Verb::open, Verb::activate, Verb::release));
}

TEST(Verbs, SendFoldersAndMoreThanFifteenFilesToBulkConversion) {
    for (const auto& offer : offersFor(selectionOf({FileKind::folder}), kShift))
        EXPECT_TRUE(offer.bulk);
    auto facts = selectionOf({FileKind::plain});
    facts.count = 15;
    EXPECT_FALSE(offersFor(facts, kMenu)[0].bulk);
    facts.count = 16;
    EXPECT_TRUE(offersFor(facts, kMenu)[0].bulk);
}

TEST(Verbs, OfferBothWaysForWhatCouldNotBeLookedAt) {
    EXPECT_THAT(verbsOf(selectionOf({FileKind::unknown}), kShift), ElementsAre(Verb::activate, Verb::release));
}

TEST(Verbs, AreFoundByTheirNames) {
    for (const auto verb : kVerbs)
        EXPECT_EQ(verbOfName(canonicalName(verb)), verb);
    EXPECT_EQ(verbOfName(L"open"), std::nullopt);
    EXPECT_EQ(verbOfName(L""), std::nullopt);
}

} // namespace
} // namespace ssprotect::shellext
