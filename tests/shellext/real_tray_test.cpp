#include "real_tray.h"
#include "support/windows/registered_ending.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::shellext::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kOk = "0x00000000";

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The verb through Explorer, until the file has that state.
void invokeUntil(const ExplorerWorld& world, const RealTray& tray, const std::string& verb,
                 const std::filesystem::path& file, const std::string& state) {
    auto explorer = world.stayingHost("invoke", {file}, {verb});
    EXPECT_TRUE(tray.becomes(file, "state", state)) << tray.statusOf(file);
    EXPECT_THAT(explorer.finish().lines, ElementsAre(kOk));
}

TEST(WithTheRealTrayProcess, ExplorerActivatesShowsRedAndReleases) {
    ExplorerWorld world;
    const RealTray tray(world);
    tray.createAccount();
    const auto document = world.plain("offer.txt", "An offer of 100.");

    invokeUntil(world, tray, "ssprotect.activate", document, "protected");
    EXPECT_THAT(contentOf(document), ::testing::Not(HasSubstr("offer")));
    EXPECT_THAT(world.host("overlay", {document}).lines, ElementsAre("red"));
    EXPECT_THAT(world.host("double-click-menu", {document}).lines, ElementsAre(HasSubstr("default")));

    invokeUntil(world, tray, "ssprotect.release", document, "plain");
    EXPECT_EQ(contentOf(document), "An offer of 100.");
    EXPECT_THAT(world.host("overlay", {document}).lines, ElementsAre("none"));
}

TEST(WithTheRealTrayProcess, ADoubleClickOpensTheDocumentAndAChangeMakesVersionTwo) {
    ExplorerWorld world;
    const RealTray tray(world);
    tray.createAccount();
    const auto signs = world.home().parent_path() / "signs";
    std::filesystem::create_directory(signs);
    const support::RegisteredEnding ending(L".sspoffer", std::filesystem::path("\"" + program("ssprotect-test-editor") +
                                                                               "\" hold \"" + utf8(signs) +
                                                                               "\" \" And more.\" \"%1\"")
                                                             .native());
    if (!ending.made())
        GTEST_SKIP() << "only an administrator may register an ending";
    const auto document = world.plain("offer.sspoffer", "An offer of 100.");
    tray.cli({"activate", utf8(document)});

    auto explorer = world.stayingHost("double-click", {document});
    EXPECT_TRUE(comesTrue([&] { return std::filesystem::exists(signs / "running"); }));
    EXPECT_THAT(explorer.finish().lines, ElementsAre(kOk));
    EXPECT_EQ(tray.statusOf(document)["state"], "opened");
    EXPECT_THAT(contentOf(document), ::testing::Not(HasSubstr("offer")));
    EXPECT_THAT(world.host("overlay", {document}).lines, ElementsAre("red"));

    std::ofstream(signs / "close") << "yes";
    EXPECT_TRUE(tray.becomes(document, "version", 2));
    EXPECT_TRUE(tray.becomes(document, "state", "protected"));
    EXPECT_EQ(tray.cli({"versions", utf8(document)})["versions"].size(), 2u);
    invokeUntil(world, tray, "ssprotect.release", document, "plain");
    EXPECT_EQ(contentOf(document), "An offer of 100. And more.");
}

TEST(WithTheRealTrayProcess, ColoursStayAfterLogoutAndWithoutIt) {
    ExplorerWorld world;
    auto tray = std::make_unique<RealTray>(world);
    tray->createAccount();
    const auto mine = world.plain("mine.txt");
    tray->cli({"activate", utf8(mine)});
    const auto account = tray->cli({"account", "show"});
    const auto organization = OrganizationId::fromHexText(account["organization"].get<std::string>());
    ASSERT_TRUE(organization);
    const std::vector<std::filesystem::path> files{mine, world.sealed("ours.txt", accountOf(7), *organization),
                                                   world.sealed("foreign.txt", accountOf(7), organizationOf(9))};
    const auto colours = ElementsAre("red", "yellow", "none");
    EXPECT_THAT(world.host("overlay", files).lines, colours);

    tray->cli({"logout"});
    EXPECT_THAT(world.host("overlay", files).lines, colours);
    EXPECT_THAT(world.host("notice-after", {mine}, {"ssprotect.release"}).lines,
                ElementsAre(StartsWith("0x8"), HasSubstr("logged in")));

    tray.reset(); // killed
    EXPECT_THAT(world.host("overlay", files).lines, colours);
    EXPECT_THAT(world.host("notice-after", {mine}, {"ssprotect.open"}).lines,
                ElementsAre(StartsWith("0x8"), HasSubstr("is not running")));
}

TEST(WithTheRealTrayProcess, SixtyFourThreadsGetTheirAnswersAndItGoesOnServing) {
    ExplorerWorld world;
    const RealTray tray(world);
    tray.createAccount();
    const auto foreign = world.sealed("foreign.docx", accountOf(7), organizationOf(9));
    const auto said = world.host("stress", {foreign, world.plain("plain.txt")}, {"3"});
    EXPECT_THAT(said.lines, ElementsAre(std::to_string(64 * 3 * 2 * 2))) << said.problem;
    const auto document = world.plain("offer.txt", "An offer of 100.");
    invokeUntil(world, tray, "ssprotect.activate", document, "protected");
}

} // namespace
} // namespace ssprotect::shellext::test
