#include "home.h"
#include "support/odd_files.h"

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

TEST(Status, TellsPlainProtectedAndDamagedFilesApart) {
    Home home;
    home.createAccount();
    const auto plain = home.write("plain.txt", "text");
    const auto protectedOne = home.write("protected.txt", "some text");
    const auto damaged = home.write("damaged.txt", "some text");
    ASSERT_TRUE(home.convert("activate", {protectedOne, damaged}));
    std::filesystem::resize_file(damaged, std::filesystem::file_size(damaged) - 1);

    auto row = home.statusOf(plain);
    EXPECT_EQ(row["state"], "plain");
    EXPECT_EQ(row["ownership"], "none");
    EXPECT_EQ(row["overlay"], "none");
    EXPECT_EQ(row["size"], 4);

    row = home.statusOf(protectedOne);
    EXPECT_EQ(row["state"], "protected");
    EXPECT_EQ(row["ownership"], "own");
    EXPECT_EQ(row["overlay"], "red");
    EXPECT_EQ(row["version"], 1);
    EXPECT_EQ(row["size"], 9);
    EXPECT_EQ(row["file_id"].get<std::string>().size(), 32u);

    EXPECT_EQ(home.statusOf(damaged)["state"], "damaged");
}

TEST(Status, KeepsTheColoursButNotTheOwnershipAfterLogoutAndRestart) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {document}));
    home.must("logout");
    home.restart();
    const auto row = home.statusOf(document);
    EXPECT_EQ(row["state"], "protected");
    EXPECT_EQ(row["ownership"], "unknown");
    EXPECT_EQ(row["overlay"], "red");
}

TEST(Status, ShowsAnotherPersonsFileAsForeignAndWithoutColour) {
    Home anna;
    anna.createAccount();
    const auto document = anna.write("a.txt", "text");
    ASSERT_TRUE(anna.convert("activate", {document}));
    Home bert;
    bert.createAccount();
    const auto row = bert.statusOf(document);
    EXPECT_EQ(row["state"], "protected");
    EXPECT_EQ(row["ownership"], "foreign");
    EXPECT_EQ(row["overlay"], "none");
}

TEST(Status, NamesWhatIsMissingInItsOwnRow) {
    Home home;
    const auto there = home.write("there.txt", "text");
    const auto files =
        home.must("status", {{"paths", {textOf(home.documents() / "gone.txt"), textOf(there)}}})["files"];
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[0]["error"]["code"], "not-found");
    EXPECT_EQ(files[1]["state"], "plain");
}

TEST(Status, KeepsTheOrderOfManyFiles) {
    Home home;
    Json paths = Json::array();
    for (int i = 0; i < 500; ++i)
        paths.push_back(textOf(home.write("f" + std::to_string(i), std::string(static_cast<std::size_t>(i), 'x'))));
    const auto files = home.must("status", {{"paths", paths}})["files"];
    ASSERT_EQ(files.size(), 500u);
    for (int i = 0; i < 500; ++i) {
        EXPECT_EQ(files[static_cast<std::size_t>(i)]["path"], paths[static_cast<std::size_t>(i)]);
        EXPECT_EQ(files[static_cast<std::size_t>(i)]["size"], i);
    }
}

TEST(Status, RefusesMoreThanAThousandPathsAndRelativeOnes) {
    Home home;
    EXPECT_EQ(home.wordOf("status", {{"paths", std::vector<std::string>(1001, "/a")}}), "usage");
    EXPECT_EQ(home.wordOf("status", {{"paths", {"a.txt"}}}), "usage");
}

TEST(Status, ShowsWhatIsOpenAlsoThroughALinkedFolder) {
    Home home;
    home.createAccount();
    const auto document = home.write("folder/a.txt", "text");
    if (!support::makeLink(home.documents() / "folder", home.documents() / "link"))
        GTEST_SKIP() << "no symbolic links here";
    ASSERT_TRUE(home.convert("activate", {document}));
    home.must("open", {{"path", textOf(document)},
                       {"program", editor({"hold", home.documents().string(), "more"})},
                       {"wait", false}});
    EXPECT_EQ(home.statusOf(document)["state"], "opened");
    EXPECT_EQ(home.statusOf(home.documents() / "link" / "a.txt")["state"], "opened");
    home.write("close", "");
    home.client().waitForNotice("protected");
    EXPECT_EQ(home.statusOf(document)["state"], "protected");
}

} // namespace
} // namespace ssprotect::app::test
