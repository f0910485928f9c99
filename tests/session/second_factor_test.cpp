#include "organization_scene.h"
#include "ssprotect/store/database.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

class SecondFactorCare : public ::testing::Test {
protected:
    SecondFactorCare() {
        scene.found(*ada);
        scene.bringIn(*ada, *uma, kUser);
    }

    /// As if the host's disk had been set back or had run ahead.
    void moveCounter(std::int64_t by) {
        ASSERT_EQ(wordOf(uma->manager().logout()), "ok");
        auto moved = uma->database().store().write([&](store::Transaction& sql) -> Status {
            sql.execute("UPDATE counters SET bound = bound + $1, confirmed = confirmed + $1", {by});
            return {};
        });
        ASSERT_TRUE(moved);
        uma->crash();
    }
    void expectSynchronised() {
        EXPECT_EQ(wordOf(uma->login(kUser)), "second-factor-refused");
        EXPECT_EQ(wordOf(uma->manager().syncSecondFactor(uma->target(kUser))), "refused") << "not permitted yet";
        ASSERT_EQ(wordOf(ada->admin().permitSync(kUser)), "ok");
        ASSERT_EQ(wordOf(uma->manager().syncSecondFactor(uma->target(kUser))), "ok");
        EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
        EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok");
        EXPECT_EQ(wordOf(uma->manager().syncSecondFactor(uma->target(kUser))), "refused") << "once";
    }

    OrganizationScene scene;
    std::unique_ptr<MemberHome> ada = scene.home("ada");
    std::unique_ptr<MemberHome> uma = scene.home("uma");
};

TEST_F(SecondFactorCare, IsBroughtBackInStepWhenTheHostRanAhead) {
    moveCounter(500);
    expectSynchronised();
}

TEST_F(SecondFactorCare, IsBroughtBackInStepWhenTheHostWasSetBack) {
    for (int call = 0; call < 30; ++call)
        ASSERT_TRUE(uma->session()->showAccount());
    moveCounter(-25);
    expectSynchronised();
}

} // namespace
} // namespace ssprotect::session
