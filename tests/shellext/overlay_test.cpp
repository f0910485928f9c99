#include "explorer_world.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::shellext::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const container::Viewer kAnna{accountOf(1), {organizationOf(2)}};

TEST(Overlay, IsRedForMineYellowForOursAndNoneForTheRest) {
    ExplorerWorld world;
    world.publish(kAnna);
    const auto said = world.host("overlay", {world.sealed("mine.docx", accountOf(1), organizationOf(2)),
                                             world.sealed("ours.docx", accountOf(7), organizationOf(2)),
                                             world.sealed("foreign.docx", accountOf(7), organizationOf(9)),
                                             world.plain("plain.docx", std::string(1000, 'x')), world.documents()});
    EXPECT_THAT(said.lines, ElementsAre("red", "yellow", "none", "none", "none")) << said.problem;
}

TEST(Overlay, HasNoColourBeforeAnybodyLoggedInHere) {
    ExplorerWorld world;
    const auto mine = world.sealed("mine.docx", accountOf(1), organizationOf(2));
    EXPECT_THAT(world.host("overlay", {mine}).lines, ElementsAre("none"));
}

TEST(Overlay, WorksForUnicodeAndForMissingFiles) {
    ExplorerWorld world;
    world.publish(kAnna);
    const auto odd = world.sealed("Übersicht — 概要 😀.docx", accountOf(1), organizationOf(2));
    EXPECT_THAT(world.host("overlay", {odd, world.documents() / "gone.docx"}).lines, ElementsAre("red", "none"));
}

TEST(Overlay, GetsAFolderOfTenThousandRight) {
    ExplorerWorld world;
    world.publish(kAnna);
    for (int i = 0; i < 10'000 / 4; ++i) {
        const auto number = std::to_string(i) + ".docx";
        world.sealed("mine " + number, accountOf(1), organizationOf(2));
        world.sealed("ours " + number, accountOf(7), organizationOf(2));
        world.sealed("foreign " + number, accountOf(7), organizationOf(9));
        world.plain("plain " + number, std::string(404, 'x'));
    }
    const auto said = world.host("overlay-tally", {world.documents()});
    EXPECT_THAT(said.lines, ElementsAre("none 5000", "red 2500", "yellow 2500")) << said.problem;
}

TEST(Overlay, NamesTwoIconsOfTheDll) {
    ExplorerWorld world;
    const auto said = world.host("overlay-icons", {});
    ASSERT_EQ(said.lines.size(), 2u) << said.problem;
    EXPECT_THAT(said.lines[0], HasSubstr("ssprotect-shell.dll\t1\t"));
    EXPECT_THAT(said.lines[1], HasSubstr("ssprotect-shell.dll\t2\t"));
}

TEST(PropertyPage, TellsWhoseTheFileIs) {
    ExplorerWorld world;
    world.publish(kAnna);
    const auto foreign = world.host("page", {world.sealed("foreign.docx", accountOf(7), organizationOf(9))});
    EXPECT_THAT(foreign.lines, ::testing::IsSupersetOf({"Protected", "Another organization", "3"})) << foreign.problem;
    EXPECT_THAT(world.host("page", {world.plain("plain.docx")}).lines, ::testing::IsEmpty());
}

} // namespace
} // namespace ssprotect::shellext::test
