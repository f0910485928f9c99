#include "home.h"
#include "ssprotect/container/overlay.h"

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

Json asked(const std::string& verb, const std::vector<platform::Path>& paths) {
    Json texts = Json::array();
    for (const auto& path : paths)
        texts.push_back(textOf(path));
    return {{"verb", verb}, {"paths", texts}};
}

TEST(Shell, ActivatesAndReleasesWhatWasChosenInTheFileManager) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    EXPECT_EQ(home.must("shell.run", asked("activate", {document}))["accepted"], 1);
    auto notice = home.client().waitForNotice("converted");
    EXPECT_EQ(notice["operation"], "activate");
    EXPECT_EQ(notice["ok"], 1);
    EXPECT_EQ(home.statusOf(document)["state"], "protected");
    ASSERT_EQ(home.client().asked().size(), 1u);
    EXPECT_EQ(home.client().asked()[0].operation, "activate");

    home.must("shell.run", asked("release", {document}));
    home.client().waitFor("files.changed", 2);
    EXPECT_EQ(Home::read(document), "text");
}

TEST(Shell, OffersALoginAndThenGoesOn) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    home.must("logout");
    home.client().login = [&] { return home.call("login", {{"email", kEmail}}, {kPassword}).ok(); };
    home.must("shell.run", asked("activate", {document}));
    EXPECT_EQ(home.client().waitForNotice("converted")["ok"], 1);
}

TEST(Shell, SaysAtOnceThatNobodyIsLoggedInWhenThereAreNoWindows) {
    Home home;
    home.createAccount();
    home.client().windows = false;
    const auto document = home.write("a.txt", "text");
    home.must("logout");
    EXPECT_EQ(home.wordOf("shell.run", asked("activate", {document})), "not-logged-in");
    EXPECT_EQ(home.wordOf("shell.run", asked("versions", {document})), "refused");
}

TEST(Shell, SendsFoldersAndMoreThanFifteenFilesToBulkConversion) {
    Home home;
    home.createAccount();
    std::vector<platform::Path> sixteen;
    for (int i = 0; i < 16; ++i)
        sixteen.push_back(home.write("f" + std::to_string(i), "text"));
    home.must("shell.run", asked("activate", sixteen));
    home.must("shell.run", asked("release", {home.documents()}));
    const auto shown = home.client().told("shell.window");
    ASSERT_EQ(shown.size(), 2u);
    EXPECT_EQ(shown[0]["window"], "conversion");
    EXPECT_EQ(shown[0]["operation"], "activate");
    EXPECT_EQ(shown[0]["paths"].size(), 16u);
    EXPECT_EQ(shown[1]["operation"], "release");
    EXPECT_EQ(home.statusOf(sixteen[0])["state"], "plain");
}

TEST(Shell, PutsASelectionTogetherThatComesInParts) {
    Home home;
    home.createAccount();
    const auto first = home.write("a.txt", "text");
    const auto second = home.write("b.txt", "text");
    auto part = asked("activate", {first});
    part["more"] = true;
    EXPECT_EQ(home.must("shell.run", part)["accepted"], 1);
    EXPECT_EQ(home.must("shell.run", asked("activate", {second}))["accepted"], 2);
    EXPECT_EQ(home.client().waitForNotice("converted")["ok"], 2);
}

TEST(Shell, TellsWhyAFileWasNotOpened) {
    Home home;
    home.createAccount();
    const auto plain = home.write("plain.txt", "text");
    home.must("shell.run", asked("open", {plain}));
    const auto notice = home.client().waitForNotice("open-failed");
    EXPECT_EQ(notice["path"], textOf(plain));
    EXPECT_FALSE(notice["message"].get<std::string>().empty());
}

TEST(Shell, NamesTheFirstFileThatFailed) {
    Home home;
    home.createAccount();
    const auto plain = home.write("plain.txt", "text");
    home.must("shell.run", asked("release", {plain, home.documents() / "gone.txt"}));
    const auto notice = home.client().waitForNotice("converted");
    EXPECT_GE(notice["failed"], 1);
    EXPECT_FALSE(notice["message"].get<std::string>().empty());
}

TEST(Shell, OpensAtMostFifteenFilesAndKnowsFourVerbs) {
    Home home;
    home.createAccount();
    const std::vector<platform::Path> sixteen(16, home.write("a.txt", "text"));
    EXPECT_EQ(home.wordOf("shell.run", asked("open", sixteen)), "refused");
    EXPECT_EQ(home.wordOf("shell.run", asked("delete", {sixteen[0]})), "usage");
    EXPECT_EQ(home.wordOf("shell.run", asked("open", {})), "usage");
    EXPECT_EQ(home.wordOf("shell.run", {{"verb", "open"}, {"paths", {"relative.txt"}}}), "usage");
}

TEST(Shell, PublishesTheColoursAtLoginAndKeepsThemAfterLogout) {
    Home home;
    EXPECT_FALSE(std::filesystem::exists(home.home() / container::kViewerFile));
    home.createAccount();
    home.client().waitFor("colours.changed");
    const auto read = [&] { return container::Viewer::parse(Home::read(home.home() / container::kViewerFile)); };
    auto viewer = read();
    ASSERT_TRUE(viewer);
    EXPECT_EQ(viewer->account.hex(), home.must("account.show")["account_id"]);
    home.must("logout");
    std::filesystem::remove(home.home() / container::kViewerFile);
    home.restart();
    auto again = read();
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *viewer);
}

} // namespace
} // namespace ssprotect::app::test
