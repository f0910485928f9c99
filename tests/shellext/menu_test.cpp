#include "explorer_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace ssprotect::shellext::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr const char* kOk = "0x00000000";

TEST(Menu, OffersActivateForPlainFilesAndFolders) {
    ExplorerWorld world;
    const auto plain = world.plain("plain.txt");
    const auto files = world.host("menu", {plain});
    ASSERT_THAT(files.lines, SizeIs(1)) << files.problem;
    EXPECT_THAT(files.lines[0], StartsWith("ssprotect.activate\t&Activate protection"));
    EXPECT_THAT(files.lines[0], HasSubstr("\ticon"));
    EXPECT_THAT(world.host("menu", {world.documents()}).lines, ElementsAre(HasSubstr("…")));
}

TEST(Menu, OffersReleaseOnlyWithShift) {
    ExplorerWorld world;
    const auto sealed = world.sealed("sealed.docx", accountOf(1), organizationOf(2));
    EXPECT_THAT(world.host("menu", {sealed}).lines,
                ElementsAre(StartsWith("ssprotect.open"), StartsWith("ssprotect.versions")));
    EXPECT_THAT(
        world.host("menu-extended", {sealed}).lines,
        ElementsAre(StartsWith("ssprotect.open"), StartsWith("ssprotect.release"), StartsWith("ssprotect.versions")));
}

TEST(Menu, MakesOpenTheDefaultForProtectedFilesOnly) {
    ExplorerWorld world;
    const auto sealed = world.sealed("sealed.docx", accountOf(1), organizationOf(2));
    EXPECT_THAT(world.host("double-click-menu", {sealed}).lines,
                ElementsAre(::testing::AllOf(StartsWith("ssprotect.open"), HasSubstr("\tdefault"))));
    const auto plain = world.plain("plain.docx");
    EXPECT_THAT(world.host("double-click-menu", {plain}).lines, IsEmpty());
    EXPECT_THAT(world.host("double-click", {plain}).lines, ElementsAre("0x00000001"));
}

TEST(Menu, HandsADoubleClickToTheTrayProcess) {
    ExplorerWorld world;
    const auto tray = world.trayDouble("serve");
    const auto sealed = world.sealed("Übersicht.docx", accountOf(1), organizationOf(2));
    const auto said = world.hostUntilErrand("double-click", {sealed});
    EXPECT_THAT(said.lines, ElementsAre(kOk)) << said.problem;
    ASSERT_THAT(world.errands(), SizeIs(1));
    const auto errand = nlohmann::json::parse(world.errands()[0]);
    EXPECT_EQ(errand["verb"], "open");
    EXPECT_EQ(errand["paths"], nlohmann::json{utf8(sealed)});
}

TEST(Menu, HandsOverManyFilesInOrder) {
    ExplorerWorld world;
    const auto tray = world.trayDouble("serve");
    std::vector<std::filesystem::path> files;
    nlohmann::json expected = nlohmann::json::array();
    for (int i = 0; i < 200; ++i) {
        files.push_back(world.plain("file " + std::to_string(i) + ".txt"));
        expected.push_back(utf8(files.back()));
    }
    const auto said = world.hostUntilErrand("invoke", files, {"ssprotect.activate"});
    EXPECT_THAT(said.lines, ElementsAre(kOk)) << said.problem;
    ASSERT_THAT(world.errands(), SizeIs(1));
    EXPECT_EQ(nlohmann::json::parse(world.errands()[0])["paths"], expected);
}

TEST(Menu, TheWindows11CommandsAreTheSameVerbs) {
    ExplorerWorld world;
    const auto tray = world.trayDouble("serve");
    const auto sealed = world.sealed("sealed.docx", accountOf(1), organizationOf(2));
    const auto shown = world.host("commands", {sealed});
    EXPECT_THAT(shown.lines, ElementsAre("Open &protected", "Re&lease protection", "Protected &versions…"))
        << shown.problem;
    EXPECT_THAT(world.hostUntilErrand("command", {sealed}, {"2"}).lines, ElementsAre(kOk));
    ASSERT_THAT(world.errands(), SizeIs(1));
    EXPECT_EQ(nlohmann::json::parse(world.errands()[0])["verb"], "versions");
}

} // namespace
} // namespace ssprotect::shellext::test
