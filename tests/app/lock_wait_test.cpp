#include "app/lock_wait.h"
#include "session/organization_scene.h"

#include <gtest/gtest.h>

namespace ssprotect::app {
namespace {

using namespace std::chrono_literals;
using kodiac::EditLock;
using session::wordOf;

/// Somebody who waits while others do one thing after the other, and then gives up.
class Patient final : public Client {
public:
    explicit Patient(std::vector<std::function<void()>> happens) : happens_(std::move(happens)) {}

    void notify(std::string_view, const Json&) override {}
    void notifyLatest(std::string_view, std::string_view, const Json&) override {}
    bool waitForRoom() override { return true; }
    void acknowledge(const AcknowledgementRequest&, std::function<void(Acknowledgement)> done) override {
        done(Acknowledgement::nobodyToAsk);
    }
    void askCode(const CodeRequest&, std::function<void(CodeAnswer)> done) override {
        done({Acknowledgement::nobodyToAsk, {}});
    }
    void offerLogin(std::function<void(bool)> done) override { done(false); }
    bool gone() const override {
        if (next_ == happens_.size())
            return gaveUp = true;
        happens_[next_++]();
        return false;
    }

    mutable bool gaveUp = false;

private:
    const std::vector<std::function<void()>> happens_;
    mutable std::size_t next_ = 0;
};

class LockWait : public ::testing::Test {
protected:
    LockWait() {
        scene.found(*ada);
        scene.bringIn(*ada, *dora, session::kDelegate, true);
        EXPECT_EQ(wordOf(ada->locks().request(EditLock::users, false)), "ok");
    }

    void adaReleases() { EXPECT_EQ(wordOf(ada->locks().release(EditLock::users)), "ok"); }
    /// The tray of whoever waits stood still for longer than KODiAC bears.
    void doraVanishesForAWhile() {
        for (int beat = 0; beat < 2; ++beat) {
            scene.clock.advance(20s);
            ada->locks().beat();
        }
    }
    std::uint32_t waiting() {
        const auto locks = ada->locks().status();
        return locks ? locks->front().waiting : 0;
    }
    Result<kodiac::LockView> doraWaits(const Patient& client) {
        return waitForLock(dora->locks(), EditLock::users, client);
    }

    session::OrganizationScene scene;
    std::unique_ptr<session::MemberHome> ada = scene.home("ada");
    std::unique_ptr<session::MemberHome> dora = scene.home("dora");
};

TEST_F(LockWait, EndsWithTheLock) {
    const auto held = doraWaits(Patient({[&] {
        adaReleases();
        dora->locks().beat();
    }}));
    ASSERT_EQ(wordOf(held), "ok");
    EXPECT_TRUE(held->held);
}

TEST_F(LockWait, OfWhoFellOutOfTheLineGoesOnInIt) {
    const auto held = doraWaits(Patient({
        [&] {
            doraVanishesForAWhile();
            EXPECT_EQ(waiting(), 0u);
            dora->locks().beat();
        },
        [&] {
            EXPECT_EQ(waiting(), 1u);
            adaReleases();
            dora->locks().beat();
        },
    }));
    ASSERT_EQ(wordOf(held), "ok");
    EXPECT_TRUE(held->held);
}

TEST_F(LockWait, OfWhoFellOutOfTheLineTakesALockThatIsFreeByNow) {
    const auto held = doraWaits(Patient({[&] {
        doraVanishesForAWhile();
        adaReleases();
        dora->locks().beat();
    }}));
    ASSERT_EQ(wordOf(held), "ok");
    EXPECT_TRUE(held->held);
}

TEST_F(LockWait, EndsWithTheSession) {
    const Patient client({[&] { EXPECT_EQ(wordOf(dora->manager().logout()), "ok"); }});
    EXPECT_EQ(wordOf(doraWaits(client)), "not-logged-in");
    EXPECT_FALSE(client.gaveUp);
}

TEST_F(LockWait, EndsWhenAnotherCommandOfTheSessionLeavesTheLine) {
    const Patient client({[&] { EXPECT_EQ(wordOf(dora->locks().release(EditLock::users)), "ok"); }});
    EXPECT_EQ(wordOf(doraWaits(client)), "cancelled");
    EXPECT_FALSE(client.gaveUp);
    EXPECT_EQ(waiting(), 0u);
}

TEST_F(LockWait, LeavesTheLineWhenNobodyWaitsAnyMore) {
    EXPECT_EQ(wordOf(doraWaits(Patient({[&] { EXPECT_EQ(waiting(), 1u); }}))), "cancelled");
    EXPECT_EQ(waiting(), 0u);
}

} // namespace
} // namespace ssprotect::app
