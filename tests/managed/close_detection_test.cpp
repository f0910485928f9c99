#include "ssprotect/managed/close_detection.h"

#include <array>
#include <functional>

#include <gtest/gtest.h>

namespace ssprotect::managed {
namespace {

constexpr CloseRules kRules{};
constexpr Duration kLong{60'000};

/// A program that edited the document for a minute, ended a minute ago, and left nothing behind.
Observations editedAndEnded() {
    Observations seen;
    seen.programRan = kLong;
    seen.sinceProgramEnd = kLong;
    seen.sinceHeld = kLong;
    seen.sinceChange = kLong;
    return seen;
}

/// A program that ended at once and without a fault, a minute ago.
Observations endedAtOnce() {
    Observations seen = editedAndEnded();
    seen.programRan = Duration{100};
    return seen;
}

Decision decided(const Observations& seen) { return decide(seen, kRules); }

TEST(CloseDetection, ADocumentIsOpenWhileItsProgramRuns) {
    auto seen = editedAndEnded();
    seen.programAlive = true;
    seen.sinceProgramEnd = Duration{0};
    EXPECT_EQ(decided(seen), Decision::keepOpen);
}

TEST(CloseDetection, ADocumentIsClosedWhenItsProgramEndedAndAllIsQuiet) {
    EXPECT_EQ(decided(editedAndEnded()), Decision::closed);
}

TEST(CloseDetection, ADocumentIsOpenWhileAnybodyHoldsIt) {
    auto seen = editedAndEnded();
    seen.holding = Holding::held;
    EXPECT_EQ(decided(seen), Decision::keepOpen);
}

TEST(CloseDetection, AProgramsEndIsNotBelievedBeforeEverythingWasQuiet) {
    for (auto member : {&Observations::sinceChange, &Observations::sinceHeld, &Observations::sinceProgramEnd}) {
        auto seen = editedAndEnded();
        seen.*member = kRules.quiet - Duration{1};
        EXPECT_EQ(decided(seen), Decision::keepOpen);
        seen.*member = kRules.quiet;
        EXPECT_EQ(decided(seen), Decision::closed);
    }
}

TEST(CloseDetection, ASaveSettlesWhenNothingChangedForTheQuietTime) {
    auto seen = editedAndEnded();
    seen.programAlive = true;
    seen.changed = true;
    seen.unsealed = true;
    seen.sinceChange = kRules.quiet - Duration{1};
    EXPECT_EQ(decided(seen), Decision::keepOpen);
    seen.sinceChange = kRules.quiet;
    EXPECT_EQ(decided(seen), Decision::settled);
}

TEST(CloseDetection, ADocumentThatIsGoneAtTheEndWasDeleted) {
    auto seen = editedAndEnded();
    seen.documentPresent = false;
    EXPECT_EQ(decided(seen), Decision::deleted);
}

TEST(CloseDetection, ADocumentThatIsGoneWhileItsProgramRunsIsBeingSaved) {
    auto seen = editedAndEnded();
    seen.documentPresent = false;
    seen.programAlive = true;
    EXPECT_EQ(decided(seen), Decision::keepOpen);
}

TEST(CloseDetection, AnAssociatedProgramThatEndsAtOnceMayHaveHandedTheDocumentOver) {
    EXPECT_EQ(decided(endedAtOnce()), Decision::handedOver);
}

TEST(CloseDetection, AChosenProgramThatEndsAtOnceIsDone) {
    auto seen = endedAtOnce();
    seen.chosenProgram = true;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, AProgramThatEndsAtOnceAfterChangingTheDocumentIsDone) {
    auto seen = endedAtOnce();
    seen.changed = true;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, AProgramThatFailsAtOnceIsDone) {
    auto seen = endedAtOnce();
    seen.programFailed = true;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, ARunningInstanceMayHaveTheDocumentUntilItEnds) {
    for (const bool chosen : {false, true}) {
        for (const bool changed : {false, true}) {
            auto seen = endedAtOnce();
            seen.chosenProgram = chosen;
            seen.changed = seen.changedAfterEnd = changed;
            seen.instanceSeen = seen.instanceRunning = true;
            EXPECT_EQ(decided(seen), Decision::handedOver);
            seen.instanceRunning = false;
            EXPECT_EQ(decided(seen), Decision::closed);
        }
    }
}

TEST(CloseDetection, WhoTookTheDocumentHasItUntilItEnds) {
    auto seen = endedAtOnce();
    seen.takerSeen = true;
    seen.takerAlive = true;
    EXPECT_EQ(decided(seen), Decision::handedOver);
    seen.takerAlive = false;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, WhoHeldTheDocumentForLongAndLetGoHasClosedIt) {
    auto seen = endedAtOnce();
    seen.takerSeen = true;
    seen.takerAlive = true;
    seen.takerHeldLong = true;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, AnOwnerFileOfAnInstanceKeepsTheDocumentOpen) {
    auto seen = endedAtOnce();
    seen.ownerFile = true;
    seen.takerSeen = true;
    seen.takerAlive = true;
    seen.takerHeldLong = true;
    EXPECT_EQ(decided(seen), Decision::handedOver);
    seen.ownerFile = false;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, AnOwnerFileOfADeadInstanceIsNotBelieved) {
    auto seen = endedAtOnce();
    seen.ownerFile = true;
    seen.takerSeen = true;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, AnOwnerFileThatACrashedProgramLeftIsBelievedForAMomentOnly) {
    auto seen = editedAndEnded();
    seen.ownerFile = true;
    seen.programFailed = true;
    seen.sinceProgramEnd = kRules.handover - Duration{1};
    EXPECT_EQ(decided(seen), Decision::keepOpen);
    seen.sinceProgramEnd = kRules.handover;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, AChangeAfterTheProgramsEndTellsOfAnotherWhoHasTheDocument) {
    auto seen = endedAtOnce();
    seen.chosenProgram = true;
    seen.changed = true;
    seen.changedAfterEnd = true;
    EXPECT_EQ(decided(seen), Decision::handedOver);
}

TEST(CloseDetection, FinishNowWaitsOnlyForAnUnfinishedSave) {
    auto seen = endedAtOnce();
    seen.programAlive = true;
    seen.holding = Holding::held;
    seen.finishRequested = true;
    EXPECT_EQ(decided(seen), Decision::closed);
    seen.changed = true;
    seen.unsealed = true;
    seen.sinceChange = Duration{0};
    EXPECT_EQ(decided(seen), Decision::keepOpen);
    seen.sinceFinish = kRules.patience;
    EXPECT_EQ(decided(seen), Decision::closed);
}

TEST(CloseDetection, WithoutAWayToSeeHoldersTheProgramsEndDecides) {
    auto seen = editedAndEnded();
    seen.holding = Holding::unknown;
    EXPECT_EQ(decided(seen), Decision::closed);
}

/// Calls `check` with every combination of what can be seen, durations just below and at their limits.
void forEverything(const std::function<void(const Observations&)>& check) {
    constexpr std::array flags{
        &Observations::chosenProgram,   &Observations::programAlive,    &Observations::programFailed,
        &Observations::takerSeen,       &Observations::takerAlive,      &Observations::takerHeldLong,
        &Observations::instanceSeen,    &Observations::instanceRunning, &Observations::ownerFile,
        &Observations::documentPresent, &Observations::changed,         &Observations::changedAfterEnd,
        &Observations::unsealed,        &Observations::finishRequested};
    const std::array times{
        std::pair{&Observations::programRan, kRules.handover}, std::pair{&Observations::sinceProgramEnd, kRules.quiet},
        std::pair{&Observations::sinceHeld, kRules.quiet}, std::pair{&Observations::sinceChange, kRules.quiet},
        std::pair{&Observations::sinceFinish, kRules.patience}};
    const unsigned bits = flags.size() + times.size();
    for (unsigned combination = 0; combination < 1u << bits; ++combination) {
        for (const Holding holding : {Holding::unknown, Holding::none, Holding::held}) {
            Observations seen;
            seen.holding = holding;
            for (std::size_t i = 0; i < flags.size(); ++i)
                seen.*flags[i] = (combination >> i & 1u) != 0;
            for (std::size_t i = 0; i < times.size(); ++i)
                seen.*times[i].first =
                    times[i].second - Duration{(combination >> (flags.size() + i) & 1u) != 0 ? 0 : 1};
            check(seen);
        }
    }
}

bool ends(Decision decision) { return decision == Decision::closed || decision == Decision::deleted; }

TEST(CloseDetectionOfEverythingThatCanBeSeen, NothingUnsealedIsEverClosedWithinTheUsersPatience) {
    forEverything([](const Observations& seen) {
        const bool patienceOver = seen.finishRequested && seen.sinceFinish >= kRules.patience;
        if (decided(seen) == Decision::closed && !patienceOver) {
            ASSERT_FALSE(seen.unsealed);
        }
    });
}

TEST(CloseDetectionOfEverythingThatCanBeSeen, NothingInUseIsClosedUnlessTheUserSaysSo) {
    forEverything([](const Observations& seen) {
        if (ends(decided(seen)) && !seen.finishRequested) {
            ASSERT_FALSE(seen.programAlive);
            ASSERT_NE(seen.holding, Holding::held);
        }
    });
}

TEST(CloseDetectionOfEverythingThatCanBeSeen, NothingIsClosedBeforeItIsQuietUnlessTheUserSaysSo) {
    forEverything([](const Observations& seen) {
        if (ends(decided(seen)) && !seen.finishRequested) {
            ASSERT_GE(seen.sinceChange, kRules.quiet);
            ASSERT_GE(seen.sinceHeld, kRules.quiet);
            ASSERT_GE(seen.sinceProgramEnd, kRules.quiet);
        }
    });
}

TEST(CloseDetectionOfEverythingThatCanBeSeen, OnlyAnExistingUnsealedQuietDocumentSettles) {
    forEverything([](const Observations& seen) {
        const bool settles = seen.unsealed && seen.documentPresent && seen.sinceChange >= kRules.quiet;
        ASSERT_EQ(decided(seen) == Decision::settled, settles);
    });
}

TEST(CloseDetectionOfEverythingThatCanBeSeen, ClosedAndDeletedTellWhetherTheDocumentIsThere) {
    forEverything([](const Observations& seen) {
        const auto decision = decided(seen);
        if (ends(decision)) {
            ASSERT_EQ(decision == Decision::closed, seen.documentPresent);
        }
    });
}

TEST(CloseDetectionOfEverythingThatCanBeSeen, FinishNowAlwaysEndsInTheEnd) {
    forEverything([](const Observations& seen) {
        if (seen.finishRequested && seen.sinceFinish >= kRules.patience && decided(seen) != Decision::settled) {
            ASSERT_TRUE(ends(decided(seen)));
        }
    });
}

TEST(CloseDetectionOfEverythingThatCanBeSeen, OnlyAProgramThatEndedSoonHandsOver) {
    forEverything([](const Observations& seen) {
        if (decided(seen) == Decision::handedOver) {
            ASSERT_FALSE(seen.programAlive);
            ASSERT_LT(seen.programRan, kRules.handover);
            ASSERT_FALSE(seen.finishRequested);
        }
    });
}

TEST(CloseDetectionOfEverythingThatCanBeSeen, AProgramThatRanLongAndLeftNothingBehindNeedsNoWordOfTheUser) {
    forEverything([](const Observations& seen) {
        const bool over = !seen.programAlive && seen.holding != Holding::held && !seen.unsealed && !seen.ownerFile &&
                          seen.sinceChange >= kRules.quiet && seen.sinceHeld >= kRules.quiet &&
                          seen.sinceProgramEnd >= kRules.quiet && seen.programRan >= kRules.handover;
        if (over) {
            ASSERT_TRUE(ends(decided(seen)));
        }
    });
}

} // namespace
} // namespace ssprotect::managed
