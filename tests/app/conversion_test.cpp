#include "home.h"
#include "support/odd_files.h"

#include <set>

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

TEST(Conversion, TakesFoldersWithTheirSubfoldersAndTellsEachFileOnce) {
    Home home;
    home.createAccount();
    std::set<std::string> expected;
    for (int i = 0; i < 30; ++i)
        expected.insert(textOf(home.write("tree/" + std::to_string(i % 3) + "/f" + std::to_string(i), "text")));
    const auto result = home.convert("activate", {home.documents() / "tree"}, {{"recursive", true}});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ((*result)["ok"], 30);
    std::set<std::string> told;
    for (const auto& page : home.client().told("convert.items"))
        for (const auto& item : page["items"])
            EXPECT_TRUE(told.insert(item["path"]).second);
    EXPECT_EQ(told, expected);
    EXPECT_FALSE(home.client().told("convert.progress").empty());
}

TEST(Conversion, SaysWhatIsProtectedAlready) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {document}));
    const auto again = home.convert("activate", {document});
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)["skipped"], 1);
    EXPECT_EQ(home.itemOf(document)["ok"], true);
    EXPECT_EQ(home.itemOf(document)["skipped"], "already-protected");
}

TEST(Conversion, RefusesAFolderWithoutTheWordForItAndALink) {
    Home home;
    home.createAccount();
    const auto document = home.write("folder/a.txt", "text");
    const auto link = home.documents() / "link.txt";
    const bool linked = support::makeLink(document, link);
    ASSERT_TRUE(home.convert("activate", {home.documents() / "folder", link}));
    EXPECT_EQ(home.itemOf(home.documents() / "folder")["ok"], false);
    EXPECT_EQ(home.itemOf(link)["error"]["code"], linked ? "symbolic-link" : "not-found");
    EXPECT_EQ(Home::read(document), "text");
}

TEST(Conversion, NeverEntersItsOwnHome) {
    Home home;
    home.createAccount();
    ASSERT_TRUE(home.convert("activate", {home.home()}, {{"recursive", true}}));
    home.must("logout");
    EXPECT_EQ(home.wordOf("login", {{"email", kEmail}}, {kPassword}), "ok");
}

TEST(Conversion, TakesOnlyTheNamesThatTheFilterTakes) {
    Home home;
    home.createAccount();
    const auto text = home.write("tree/a.txt", "text");
    const auto other = home.write("tree/a.dat", "data");
    ASSERT_TRUE(home.convert("activate", {home.documents() / "tree"}, {{"recursive", true}, {"include", {"*.txt"}}}));
    EXPECT_EQ(home.statusOf(text)["state"], "protected");
    EXPECT_EQ(home.statusOf(other)["state"], "plain");
}

TEST(Conversion, CancelledBeforeItRunsChangesNothing) {
    Home home;
    home.createAccount();
    const auto document = home.write("a.txt", "text");
    const auto job = home.must("convert.start", {{"operation", "activate"}});
    home.must("convert.add", {{"job", job["job"]}, {"paths", {textOf(document)}}});
    home.must("convert.cancel", job);
    EXPECT_EQ(home.must("convert.run", job)["cancelled"], true);
    EXPECT_EQ(Home::read(document), "text");
}

TEST(Conversion, IsCancelledWhenItsClientGoes) {
    Home home;
    home.createAccount();
    const auto job = home.must("convert.start", {{"operation", "activate"}});
    home.application().clientGone(home.client());
    EXPECT_EQ(home.wordOf("convert.run", job), "not-found");
}

TEST(Conversion, StopsBetweenFilesWhenItsClientGoesInTheMiddle) {
    Home home;
    home.createAccount();
    std::vector<platform::Path> paths;
    for (int i = 0; i < 20; ++i)
        paths.push_back(home.write("f" + std::to_string(i), "text"));
    // The client goes while it is asked for its acknowledgement.
    home.client().answer = [&] {
        home.application().clientGone(home.client());
        return Acknowledgement::allowed;
    };
    const auto result = home.convert("activate", paths);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ((*result)["cancelled"], true);
    for (const auto& path : paths)
        EXPECT_TRUE(Home::read(path) == "text" || home.statusOf(path)["state"] == "protected");
}

TEST(Conversion, RunsOnceAndIsForgottenThen) {
    Home home;
    home.createAccount();
    const auto job = home.must("convert.start", {{"operation", "activate"}});
    home.must("convert.add", {{"job", job["job"]}, {"paths", {textOf(home.write("a", "a"))}}});
    home.must("convert.run", job);
    EXPECT_EQ(home.wordOf("convert.run", job), "not-found");
    EXPECT_EQ(home.wordOf("convert.pause", job), "not-found");
}

TEST(Conversion, OverridesIntegrityOnlyForAnAccountThatMay) {
    Home home;
    home.createAccount();
    const auto document = home.write("a", "a");
    const auto refused = home.convert("release", {document}, {{"override_integrity", true}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
}

TEST(Conversion, WantsAnOperationThatItKnows) {
    Home home;
    home.createAccount();
    EXPECT_EQ(home.wordOf("convert.start", {{"operation", "destroy"}}), "usage");
    EXPECT_EQ(home.wordOf("convert.start"), "usage");
    EXPECT_EQ(home.wordOf("convert.start", {{"operation", "activate"}, {"recursivly", true}}), "usage");
}

} // namespace
} // namespace ssprotect::app::test
