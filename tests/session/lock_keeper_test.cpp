#include "organization_scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

using namespace std::chrono_literals;
using kodiac::EditLock;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Listening final : public LockListener {
public:
    explicit Listening(LockKeeper& keeper) : keeper_(keeper) { keeper_.addListener(*this); }
    ~Listening() override { keeper_.removeListener(*this); }
    void lockGained(const kodiac::LockView&) override { heard.emplace_back("gained"); }
    void lockLost(const kodiac::LockView& view) override { heard.push_back("lost to " + view.holder); }
    void lineMoved(const kodiac::LockView& view) override {
        heard.push_back("held by " + view.holder + ", place " + std::to_string(view.position));
    }
    void lockGivenBack(EditLock) override { heard.emplace_back("given back"); }
    void sessionOver() override { heard.emplace_back("over"); }
    void news(const kodiac::ListEvents::Row& row) override { heard.push_back(row.kind + ": " + row.subject); }
    std::vector<std::string> heard;

private:
    LockKeeper& keeper_;
};

class Locks : public ::testing::Test {
protected:
    Locks() {
        scene.found(*ada);
        scene.bringIn(*ada, *dora, kDelegate, true);
        ada->locks().listen({});
        dora->locks().listen({});
    }
    std::string_view addGuest(MemberHome& by, std::string email) { return wordOf(by.admin().add(email, {})); }

    OrganizationScene scene;
    std::unique_ptr<MemberHome> ada = scene.home("ada");
    std::unique_ptr<MemberHome> dora = scene.home("dora");
};

TEST_F(Locks, KeepOthersFromChangingWhatTheyGuard) {
    const auto held = ada->locks().request(EditLock::users, false);
    ASSERT_EQ(wordOf(held), "ok");
    EXPECT_TRUE(held->held);
    EXPECT_EQ(ada->locks().epochOf(EditLock::users), held->epoch);
    EXPECT_EQ(wordOf(dora->locks().request(EditLock::users, false)), "lock-held");
    EXPECT_EQ(addGuest(*dora, "max@example.org"), "lock-held");
    EXPECT_EQ(addGuest(*ada, "max@example.org"), "ok");
    ASSERT_EQ(wordOf(ada->locks().release(EditLock::users)), "ok");
    EXPECT_FALSE(ada->locks().epochOf(EditLock::users));
    EXPECT_EQ(addGuest(*dora, "mia@example.org"), "ok");
}

TEST_F(Locks, ThatWereForcedAreLostToTheirHolder) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    ASSERT_TRUE(dora->locks().force(EditLock::users));
    Listening listening(ada->locks());
    EXPECT_EQ(addGuest(*ada, "max@example.org"), "lock-lost");
    EXPECT_EQ(wordOf(ada->admin().user("max@example.org")), "not-found") << "nothing changed";
    EXPECT_THAT(listening.heard, ElementsAre("lost to dora@example.org"));
    EXPECT_EQ(addGuest(*dora, "max@example.org"), "ok");
}

TEST_F(Locks, AreLostWithAWordWhereverItIsHeard) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    Listening listening(ada->locks());
    ASSERT_TRUE(dora->locks().force(EditLock::users));
    ASSERT_TRUE(ada->locks().listen({}));
    EXPECT_THAT(listening.heard, ElementsAre("lost to dora@example.org"));
}

TEST_F(Locks, ThatWereLostKeepTheirFormerHolderFromSavingAlsoOnceNobodyHasThem) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    ASSERT_TRUE(dora->locks().force(EditLock::users));
    ASSERT_EQ(wordOf(ada->locks().request(EditLock::users, false)), "lock-held");
    ASSERT_EQ(wordOf(dora->locks().release(EditLock::users)), "ok");
    ASSERT_TRUE(ada->locks().listen({}));
    for (int time = 0; time < 2; ++time) {
        const auto refused = ada->admin().add("max@example.org", {});
        ASSERT_EQ(wordOf(refused), "lock-lost");
        EXPECT_THAT(refused.error().message, HasSubstr("'ssprotect lock request users'"));
        EXPECT_EQ(wordOf(ada->admin().user("max@example.org")), "not-found") << "nothing changed";
    }
    ASSERT_EQ(wordOf(ada->locks().request(EditLock::users, false)), "ok");
    EXPECT_EQ(addGuest(*ada, "max@example.org"), "ok");
}

TEST_F(Locks, ThatExpiredAreLostUntilTheyAreGivenUp) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    scene.clock.advance(31s);
    ada->locks().beat();
    ASSERT_EQ(addGuest(*ada, "max@example.org"), "lock-lost");
    ASSERT_EQ(wordOf(ada->locks().release(EditLock::users)), "ok");
    EXPECT_EQ(addGuest(*ada, "max@example.org"), "ok");
}

TEST_F(Locks, ThatWereLostAreOverWithTheSession) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    ASSERT_TRUE(dora->locks().force(EditLock::users));
    ASSERT_EQ(wordOf(dora->locks().release(EditLock::users)), "ok");
    ASSERT_EQ(wordOf(ada->login(kAdministrator)), "ok");
    EXPECT_EQ(addGuest(*ada, "max@example.org"), "ok");
}

TEST_F(Locks, ThatWereLostAndWaitedForAreHeldUnderTheirNewEpoch) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    ASSERT_TRUE(dora->locks().force(EditLock::users));
    ASSERT_TRUE(ada->locks().request(EditLock::users, true));
    EXPECT_EQ(addGuest(*ada, "max@example.org"), "lock-lost") << "not yet";
    ASSERT_EQ(wordOf(dora->locks().release(EditLock::users)), "ok");
    ada->locks().beat();
    EXPECT_EQ(addGuest(*ada, "max@example.org"), "ok");
}

TEST_F(Locks, AreNotTakenForHeldByAHeartbeatThatAReleaseOvertook) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    ada->between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        auto reply = pass(call);
        if (call.operation == kodiac::RenewLock::kName) {
            EXPECT_EQ(wordOf(ada->locks().release(EditLock::users)), "ok");
        }
        return reply;
    });
    ada->locks().beat();
    EXPECT_FALSE(ada->locks().epochOf(EditLock::users));
    EXPECT_EQ(addGuest(*ada, "max@example.org"), "ok");
}

TEST_F(Locks, AreGivenToWhoWaitsFirst) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    Listening listening(dora->locks());
    const auto waiting = dora->locks().request(EditLock::users, true);
    ASSERT_EQ(wordOf(waiting), "ok");
    EXPECT_FALSE(waiting->held);
    EXPECT_EQ(waiting->position, 1u);
    ASSERT_EQ(wordOf(ada->locks().release(EditLock::users)), "ok");
    dora->locks().beat();
    EXPECT_THAT(listening.heard, ElementsAre("held by ada@example.org, place 1", "gained"));
    EXPECT_TRUE(dora->locks().epochOf(EditLock::users));
}

TEST_F(Locks, AreKeptByTheHeartbeatAndExpireWithoutIt) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    for (int round = 0; round < 5; ++round) {
        scene.clock.advance(20s);
        ada->locks().beat();
    }
    EXPECT_EQ(wordOf(dora->locks().request(EditLock::users, false)), "lock-held");
    scene.clock.advance(31s);
    EXPECT_EQ(wordOf(dora->locks().request(EditLock::users, false)), "ok");
    Listening listening(ada->locks());
    ada->locks().beat();
    EXPECT_THAT(listening.heard, ElementsAre("lost to dora@example.org"));
}

TEST_F(Locks, GoWithTheSession) {
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    ASSERT_EQ(wordOf(ada->manager().logout()), "ok");
    EXPECT_FALSE(ada->locks().epochOf(EditLock::users));
    EXPECT_EQ(wordOf(dora->locks().request(EditLock::users, false)), "ok");
    EXPECT_EQ(wordOf(ada->locks().request(EditLock::users, false)), "not-logged-in");
}

TEST_F(Locks, TellWhenTheyAreGivenBackAndWhenAllIsOver) {
    Listening listening(ada->locks());
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    ASSERT_EQ(wordOf(ada->locks().release(EditLock::users)), "ok");
    ASSERT_TRUE(ada->locks().request(EditLock::users, false));
    ASSERT_EQ(wordOf(ada->manager().logout()), "ok");
    EXPECT_THAT(listening.heard, ElementsAre("gained", "given back", "gained", "over"));
}

TEST_F(Locks, TellWhatOthersChange) {
    Listening listening(dora->locks());
    ASSERT_EQ(addGuest(*ada, "max@example.org"), "ok");
    ASSERT_TRUE(dora->locks().listen({}));
    EXPECT_THAT(listening.heard, Contains("users: max@example.org"));
    listening.heard.clear();
    ASSERT_TRUE(dora->locks().listen({}));
    EXPECT_THAT(listening.heard, IsEmpty()) << "once";
}

TEST_F(Locks, HaveNothingToTellToOrdinaryUsers) {
    auto uma = scene.home("uma");
    scene.bringIn(*ada, *uma, kUser);
    EXPECT_FALSE(uma->locks().listen({}));
    uma->between.calls.clear();
    EXPECT_FALSE(uma->locks().listen({}));
    EXPECT_THAT(uma->between.calls, IsEmpty()) << "and it does not ask again";
    EXPECT_EQ(wordOf(uma->locks().request(EditLock::users, false)), "not-privileged");
}

TEST_F(Locks, AreToldToWhoBecameADelegateInTheMiddleOfASession) {
    auto uma = scene.home("uma");
    scene.bringIn(*ada, *uma, kUser);
    Administration::Edit toDelegate{std::string(kUser), {}};
    const auto makeUma = [&](bool delegate) {
        toDelegate.changes.delegate = delegate;
        return wordOf(ada->admin().saveAll({&toDelegate, 1}));
    };
    const std::vector<std::function<std::string_view()>> waysToFindOut{
        [&] { return wordOf(uma->manager().refresh()); },
        [&] { return wordOf(uma->admin().users()); },
        [&] { return wordOf(uma->locks().status()); },
    };
    for (const auto& findOut : waysToFindOut) {
        EXPECT_FALSE(uma->locks().listen({}));
        ASSERT_EQ(makeUma(true), "ok");
        EXPECT_EQ(findOut(), "ok");
        EXPECT_TRUE(uma->locks().listen({}));
        ASSERT_EQ(makeUma(false), "ok");
    }
}

TEST_F(Locks, AreHeardOfByALongWaitWhileOtherCallsGoOn) {
    // The wait carries no code: it neither takes a counter nor keeps the account's other calls waiting.
    std::uint64_t counter = 1;
    dora->between.interfere([&](const kodiac::Call& call, const InterposedKodiac::Passing& pass) {
        if (call.operation == kodiac::ListEvents::kName) {
            counter = call.counter;
            EXPECT_EQ(wordOf(dora->session()->showAccount()), "ok");
        }
        return pass(call);
    });
    ASSERT_TRUE(dora->locks().listen(1s));
    EXPECT_EQ(counter, 0u);
}

} // namespace
} // namespace ssprotect::session
