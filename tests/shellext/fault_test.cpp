#include "explorer_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::shellext::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::filesystem::path document(ExplorerWorld& world) {
    return world.sealed("offer.docx", accountOf(1), organizationOf(2));
}

/// What a double-click comes to while the tray process behaves like that.
std::vector<std::string> noticeAfter(ExplorerWorld& world) {
    return world.host("notice-after", {document(world)}, {"ssprotect.open"}).lines;
}

TEST(WithoutTrayProcess, OurVerbStaysTheDefaultAndSaysSo) {
    ExplorerWorld world;
    EXPECT_THAT(world.host("double-click-menu", {document(world)}).lines, ElementsAre(HasSubstr("default")));
    EXPECT_THAT(noticeAfter(world), ElementsAre(StartsWith("0x8"), HasSubstr("is not running")));
}

TEST(WithoutTrayProcess, OverlaysKeepTheirColours) {
    ExplorerWorld world;
    world.publish({accountOf(1), {organizationOf(2)}});
    EXPECT_THAT(world.host("overlay", {document(world)}).lines, ElementsAre("red"));
}

/// Modes of tray_double.cpp, and what the person is told.
class WithAFaultyTrayProcess : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(WithAFaultyTrayProcess, TheVerbReturnsAndThePersonIsTold) {
    ExplorerWorld world;
    const auto tray = world.trayDouble(GetParam().first);
    const auto said = noticeAfter(world);
    ASSERT_THAT(said, SizeIs(2));
    EXPECT_THAT(said[1], HasSubstr(GetParam().second));
}

INSTANTIATE_TEST_SUITE_P(
    Modes, WithAFaultyTrayProcess,
    ::testing::Values(std::pair{"hang", "does not answer"}, std::pair{"deaf", "does not answer"},
                      std::pair{"close", "does not answer"}, std::pair{"garbage", "does not answer"},
                      std::pair{"nonsense", "does not answer"}, std::pair{"flood", "does not answer"},
                      std::pair{"refuse", "the policy says no"}, std::pair{"foreign", "the policy says no"}),
    [](const auto& mode) { return std::string(mode.param.first); });

TEST(WithASlowTrayProcess, TheErrandArrivesAfterTheVerbReturned) {
    ExplorerWorld world;
    const auto tray = world.trayDouble("slow");
    const auto said = world.hostUntilErrand("double-click", {document(world)});
    EXPECT_THAT(said.lines, ElementsAre("0x00000000"));
    EXPECT_THAT(world.errands(), SizeIs(1));
}

TEST(WithATrayProcessKilledInMidCall, ThePersonIsTold) {
    ExplorerWorld world;
    auto tray = world.trayDouble("deaf");
    support::ProgramRun host(
        {program("ssprotect-shell-host"), "notice-after", "ssprotect.open", document(world).make_preferred().string()},
        {{"SSPROTECT_HOME", world.home().string()}});
    ASSERT_TRUE(host.waitForError("invoked"));
    tray.reset();
    const auto result = host.wait();
    EXPECT_THAT(result.out, HasSubstr("SSProtect"));
    EXPECT_EQ(result.exitCode, 0);
}

TEST(UnderLoad, SixtyFourThreadsGetTheirAnswersWhileComTriesToUnload) {
    ExplorerWorld world;
    world.publish({accountOf(1), {organizationOf(2)}});
    const auto tray = world.trayDouble("serve");
    const auto said = world.host("stress", {document(world), world.plain("plain.txt")}, {"3"});
    EXPECT_THAT(said.lines, ElementsAre(std::to_string(64 * 3 * 2 * 2))) << said.problem;
    EXPECT_EQ(said.exitCode, 0);
}

TEST(UnderLoad, SixtyFourThreadsComeBackFromATrayProcessThatHangs) {
    ExplorerWorld world;
    const auto tray = world.trayDouble("hang");
    const auto said = world.host("stress", {document(world)}, {"2"});
    EXPECT_THAT(said.lines, ElementsAre(std::to_string(64 * 2 * 2))) << said.problem;
    EXPECT_EQ(said.exitCode, 0);
}

} // namespace
} // namespace ssprotect::shellext::test
