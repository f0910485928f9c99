#include "session/hotp_counter.h"
#include "session_home.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

/// The durable side of a counter, and KODiAC's.
struct Disk {
    HotpCounter::Kept kept;
    int writes = 0;
    bool full = false;

    HotpCounter start() {
        return HotpCounter(kept, [this](const HotpCounter::Kept& ahead) -> Status {
            if (full)
                return makeError(ErrorCode::diskFull, "full");
            kept = ahead;
            ++writes;
            return {};
        });
    }
};

/// KODiAC's window: what it takes moves it on.
struct Window {
    std::uint64_t next = 0;
    bool take(std::uint64_t counter) {
        if (counter < next || counter - next >= kHotpLookAhead)
            return false;
        next = counter + 1;
        return true;
    }
};

TEST(HotpCounter, WritesOnceForEightOperations) {
    Disk disk;
    auto counter = disk.start();
    for (std::uint64_t i = 0; i < 32; ++i) {
        const auto used = counter.take();
        ASSERT_TRUE(used);
        EXPECT_EQ(*used, i);
        counter.taken(*used);
    }
    EXPECT_EQ(disk.writes, 4);
}

TEST(HotpCounter, NeverGivesACounterTwiceOverACrashAtAnyMoment) {
    for (int before = 0; before <= 20; ++before) {
        Disk disk;
        Window window;
        std::set<std::uint64_t> used;
        {
            auto counter = disk.start();
            for (int i = 0; i < before; ++i) {
                const auto taken = counter.take();
                ASSERT_TRUE(taken);
                EXPECT_TRUE(used.insert(*taken).second);
                ASSERT_TRUE(window.take(*taken));
                counter.taken(*taken);
            }
        }
        auto afterCrash = disk.start();
        const auto next = afterCrash.take();
        ASSERT_TRUE(next);
        EXPECT_TRUE(used.insert(*next).second) << "counter " << *next << " after " << before;
        EXPECT_TRUE(window.take(*next)) << "KODiAC refuses " << *next << " after " << before;
    }
}

TEST(HotpCounter, NeverGivesACounterTwiceOverManyCrashes) {
    Disk disk;
    Window window;
    std::set<std::uint64_t> used;
    for (int crash = 0; crash < 100; ++crash) {
        auto counter = disk.start();
        for (int i = 0; i <= crash % 11; ++i) {
            const auto next = counter.take();
            ASSERT_TRUE(next);
            EXPECT_TRUE(used.insert(*next).second) << *next << " after crash " << crash;
            ASSERT_TRUE(window.take(*next)) << *next << " after crash " << crash;
            counter.taken(*next);
        }
    }
}

TEST(HotpCounter, StaysAcceptableOverManyCrashesWithNothingAccepted) {
    Disk disk;
    Window window;
    for (int crash = 0; crash < 50; ++crash) {
        auto counter = disk.start();
        const auto lost = counter.take();
        ASSERT_TRUE(lost);
    }
    auto counter = disk.start();
    const auto next = counter.take();
    ASSERT_TRUE(next);
    EXPECT_TRUE(window.take(*next));
}

TEST(HotpCounter, FindsTheWayBackAfterManyRepliesWereLost) {
    for (const bool arrived : {false, true}) {
        Disk disk;
        Window window;
        auto counter = disk.start();
        for (int i = 0; i < 30; ++i) {
            const auto used = counter.take();
            ASSERT_TRUE(used);
            if (arrived)
                window.take(*used);
        }
        auto used = counter.take();
        ASSERT_TRUE(used);
        if (!window.take(*used)) {
            ASSERT_TRUE(counter.refused(*used));
            used = counter.take();
            ASSERT_TRUE(used);
            EXPECT_TRUE(window.take(*used));
        }
        counter.taken(*used);
        const auto after = counter.take();
        ASSERT_TRUE(after);
        EXPECT_TRUE(window.take(*after));
    }
}

TEST(HotpCounter, IsNotUsedWhenTheDiskTakesNothing) {
    Disk disk;
    disk.full = true;
    auto counter = disk.start();
    EXPECT_EQ(wordOf(counter.take()), "disk-full");
}

TEST(HotpCounter, GoesOnWithoutAGapAfterACleanEnd) {
    Disk disk;
    {
        auto counter = disk.start();
        for (int i = 0; i < 3; ++i)
            counter.taken(*counter.take());
        ASSERT_TRUE(counter.settle());
    }
    auto counter = disk.start();
    EXPECT_EQ(*counter.take(), 3u);
}

TEST(HotpCounter, KeepsTheSafeStartWhenAReplyIsInDoubt) {
    Disk disk;
    {
        auto counter = disk.start();
        counter.taken(*counter.take());
        ASSERT_TRUE(counter.take());
        ASSERT_TRUE(counter.settle());
    }
    auto counter = disk.start();
    EXPECT_EQ(*counter.take(), 8u);
}

std::multiset<std::uint64_t> countersOf(const InterposedKodiac& between) {
    std::multiset<std::uint64_t> counters;
    for (const auto& [operation, counter] : between.calls)
        if (operation != kodiac::CreateIndividual::kName && operation != kodiac::StartLogin::kName)
            counters.insert(counter);
    return counters;
}

TEST(SecondFactor, UsesEachCounterForOneRequestAlsoOverCrashes) {
    SessionHome home;
    home.createAccount();
    for (int crash = 0; crash < 4; ++crash) {
        for (int i = 0; i <= crash * 3; ++i)
            EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
        home.crash();
        ASSERT_EQ(wordOf(home.manager().login({}, viewOf(kPassword))), "ok");
    }
    const auto counters = countersOf(home.between);
    for (const auto counter : counters)
        EXPECT_EQ(counters.count(counter), 1u) << counter;
}

TEST(SecondFactor, HoldsOthersUpNoLongerThanOneRequestTakesWhenKodiacIsOutOfReach) {
    // The way to KODiAC repeats what is lost within the time of one request; done again here that time would multiply.
    SessionHome home;
    home.createAccount();
    home.between.calls.clear();
    home.between.interfere([](const kodiac::Call&, const InterposedKodiac::Passing&) -> Result<kodiac::Reply> {
        return makeError(ErrorCode::kodiacUnreachable, "lost");
    });
    EXPECT_EQ(wordOf(home.session()->showAccount()), "kodiac-unreachable");
    EXPECT_EQ(home.between.calls.size(), 1u);
}

TEST(SecondFactor, DoesOnceWhatTheWayToKodiacAsksTwice) {
    SessionHome home;
    home.createAccount();
    home.between.calls.clear();
    home.between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        static_cast<void>(pass(call)); // this reply was lost
        return pass(call);
    });
    conversion::StoreRequest one{{}, {}, "/tmp/a"};
    const auto begun = home.session()->begin({&one, 1});
    ASSERT_EQ(wordOf(begun), "ok");
    ASSERT_TRUE(begun->front().ok());
    EXPECT_EQ(begun->front()->identity.version, 1u);

    home.between.interfere({});
    const auto audit = home.session()->audit(0, 10);
    ASSERT_EQ(wordOf(audit), "ok");
    int chains = 0;
    for (const auto& row : *audit)
        chains += row.operation == kodiac::BeginStore::kName && row.reason.empty();
    EXPECT_EQ(chains, 1) << "one request began one chain";
}

TEST(SecondFactor, FindsBackWhenKodiacWasOutOfReachForLong) {
    for (const bool arrives : {false, true}) {
        SessionHome home;
        home.createAccount();
        home.between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
            if (arrives)
                static_cast<void>(pass(call));
            return Result<kodiac::Reply>(makeError(ErrorCode::kodiacUnreachable, "lost"));
        });
        for (int i = 0; i < 30; ++i)
            EXPECT_EQ(wordOf(home.session()->showAccount()), "kodiac-unreachable");
        home.between.interfere({});
        EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
        EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
    }
}

TEST(SecondFactor, RefusesARequestThatIsPlayedBack) {
    SessionHome home;
    home.createAccount();
    kodiac::Call heard;
    home.between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        heard.operation = call.operation;
        heard.body = call.body;
        heard.account = call.account;
        heard.host = call.host;
        heard.session = call.session;
        heard.token = call.token.clone();
        heard.counter = call.counter;
        heard.code = call.code;
        return pass(call);
    });
    conversion::StoreRequest one{{}, {}, "/tmp/a"};
    ASSERT_EQ(wordOf(home.session()->begin({&one, 1})), "ok");
    home.between.interfere({});
    EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
    EXPECT_EQ(wordOf(home.kodiac().perform(heard)), "second-factor-refused");
    EXPECT_EQ(wordOf(home.session()->showAccount()), "ok");
}

} // namespace
} // namespace ssprotect::session
