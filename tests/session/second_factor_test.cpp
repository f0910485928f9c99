#include "organization_scene.h"
#include "ssprotect/store/database.h"
#include "ssprotect/twofactor/hotp.h"

#include <gtest/gtest.h>

namespace ssprotect::session {
namespace {

// RFC 4226, appendix D: the secret "12345678901234567890".
constexpr std::string_view kSeed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
constexpr std::string_view kSecret = "12345678901234567890";

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
    static std::string tokenCode(std::uint64_t counter) {
        return twofactor::hotpCode(viewOf(kSecret), counter, 6);
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

TEST_F(SecondFactorCare, ComesFromATokenWhenThePersonHasOne) {
    EXPECT_EQ(wordOf(uma->manager().useOathToken("not base 32!", tokenCode(0))), "invalid-input");
    EXPECT_NE(wordOf(uma->manager().useOathToken(kSeed, "000000")), "ok");
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok") << "still by its own secret";
    ASSERT_EQ(wordOf(uma->manager().useOathToken(kSeed, tokenCode(0))), "ok");

    uma->tokenCodes = {tokenCode(1), tokenCode(3)};
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok");
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok") << "a press too many does no harm";
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "second-factor-missing") << "nobody answers";
    uma->tokenCodes = {"123"};
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "second-factor-missing");
    uma->tokenCodes = {tokenCode(2)};
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "second-factor-refused") << "it was passed over";

    uma->crash();
    uma->tokenCodes = {tokenCode(4), tokenCode(5), tokenCode(6), tokenCode(7)};
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
}

TEST_F(SecondFactorCare, GoesBackToASecretOfTheHost) {
    ASSERT_EQ(wordOf(uma->manager().useOathToken(kSeed, tokenCode(0))), "ok");
    EXPECT_EQ(wordOf(uma->manager().useSoftwareSecret()), "second-factor-missing");
    uma->tokenCodes = {tokenCode(1)};
    ASSERT_EQ(wordOf(uma->manager().useSoftwareSecret()), "ok");
    EXPECT_EQ(wordOf(uma->session()->showAccount()), "ok");
    uma->crash();
    EXPECT_EQ(wordOf(uma->login(kUser)), "ok");
}

} // namespace
} // namespace ssprotect::session
