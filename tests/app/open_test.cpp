#include "home.h"

#include <filesystem>
#include <future>
#include <thread>

#include <gtest/gtest.h>

namespace ssprotect::app::test {
namespace {

/// A protected document held open by the test's editor.
struct OpenDocument {
    explicit OpenDocument(Home& in) : home(in), path(in.write("a.txt", "text")) {
        EXPECT_TRUE(home.convert("activate", {path}));
        home.must("open", {{"path", textOf(path)},
                           {"program", editor({"hold", home.documents().string(), " and more"})},
                           {"wait", false}});
        // Launched is not yet at work.
        for (int looks = 0; !std::filesystem::exists(home.documents() / "running"); ++looks) {
            if (looks == 6000) {
                ADD_FAILURE() << "the editor did not start";
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    void close() { home.write("close", ""); }

    Home& home;
    platform::Path path;
};

TEST(Open, ListsWhatIsOpenAndShowsItInTheHostlist) {
    Home home;
    home.createAccount();
    OpenDocument document(home);
    const auto opened = home.must("opened")["opened"];
    ASSERT_EQ(opened.size(), 1u);
    EXPECT_EQ(opened[0]["path"], textOf(document.path));
    EXPECT_EQ(opened[0]["version"], 1);
    EXPECT_EQ(home.must("hostlist")["hostlist"][0]["state"], "opened");
    EXPECT_EQ(home.must("activity")["opened"], 1);

    document.close();
    const auto notice = home.client().waitForNotice("protected");
    EXPECT_EQ(notice["kind"], "protected");
    EXPECT_EQ(notice["version"], 2);
    EXPECT_EQ(home.must("hostlist")["hostlist"][0]["state"], "protected");
    EXPECT_TRUE(home.must("opened")["opened"].empty());
}

TEST(Open, GivesAnUnsignedProgramNothingUnlessTheAccountAllowsIt) {
    Home home;
    home.createAccount();
    const auto path = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {path}));
    home.restartWithUnsignedPrograms();
    home.must("login", Json::object(), {kPassword});
    const Json order{{"path", textOf(path)}, {"program", editor({"append", " and more"})}};
    const auto askedBefore = home.client().asked().size();
    const auto refused = home.call("open", order);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().word(), "refused");
    EXPECT_NE(refused.error().message.find("Unsigned Apps"), std::string::npos);
    EXPECT_EQ(home.client().asked().size(), askedBefore) << "nobody allows in vain";
    EXPECT_EQ(home.statusOf(path)["version"], 1);

    home.must("account.set", {{"unsigned_apps", true}});
    EXPECT_EQ(home.must("open", order)["version"], 2);
    home.must("account.set", {{"unsigned_apps", false}});
    EXPECT_EQ(home.wordOf("open", order), "refused") << "from the next open on";
}

TEST(Open, LeavesAnUnchangedDocumentItsVersionWhereTheAccountSaysSo) {
    Home home;
    home.createAccount();
    const auto path = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {path}));
    const Json look{{"path", textOf(path)}, {"program", editor({"append", ""})}};
    EXPECT_EQ(home.must("open", look)["version"], 2);

    home.must("account.set", {{"keep_unchanged", true}});
    const auto looked = home.must("open", look);
    EXPECT_EQ(looked["version"], 2);
    EXPECT_EQ(looked["state"], "unchanged");
    const Json write{{"path", textOf(path)}, {"program", editor({"append", " and more"})}};
    EXPECT_EQ(home.must("open", write)["version"], 3);
}

TEST(Open, AnswersWithoutWaitingWhenAskedTo) {
    Home home;
    home.createAccount();
    const auto path = home.write("a.txt", "text");
    ASSERT_TRUE(home.convert("activate", {path}));
    const auto opened = home.must(
        "open",
        {{"path", textOf(path)}, {"program", editor({"hold", home.documents().string(), "x"})}, {"wait", false}});
    EXPECT_EQ(opened["version"], 1);
    home.write("close", "");
    home.client().waitForNotice("protected");
}

TEST(Open, KeepsTheDocumentFromBeingReleasedMeanwhile) {
    Home home;
    home.createAccount();
    OpenDocument document(home);
    EXPECT_EQ((*home.convert("release", {document.path}))["failed"], 1);
    EXPECT_EQ(home.itemOf(document.path)["error"]["code"], "file-busy");
    document.close();
    home.client().waitForNotice("protected");
    ASSERT_TRUE(home.convert("release", {document.path}));
    EXPECT_EQ(Home::read(document.path), "text and more");
}

TEST(Open, RefusesAFileThatIsNotProtectedOrNotThere) {
    Home home;
    home.createAccount();
    const auto plain = home.write("plain.txt", "text");
    EXPECT_NE(home.wordOf("open", {{"path", textOf(plain)}, {"program", editor({"append", "x"})}}), "ok");
    EXPECT_EQ(home.wordOf("open", {{"path", textOf(home.documents() / "gone")}, {"program", editor({"append", "x"})}}),
              "not-found");
    EXPECT_EQ(Home::read(plain), "text");
}

TEST(Open, IsProtectedOnCloseAlsoAfterLogout) {
    Home home;
    home.createAccount();
    OpenDocument document(home);
    EXPECT_EQ(home.must("logout")["opened"], 1);
    document.close();
    home.client().waitForNotice("protected");
    EXPECT_EQ(home.statusOf(document.path)["version"], 2);

    home.must("login", Json::object(), {kPassword});
    ASSERT_TRUE(home.convert("release", {document.path}));
    EXPECT_EQ(Home::read(document.path), "text and more");
}

TEST(Open, AnswersBothTheOneThatOpenedAndTheOneThatFinishes) {
    Home home;
    home.createAccount();
    OpenDocument document(home);
    document.close();
    const auto finished = home.call("finish", {{"path", textOf(document.path)}});
    if (finished)
        EXPECT_EQ((*finished)["version"], 2);
    else
        EXPECT_EQ(finished.error().code, ErrorCode::notFound);
    EXPECT_EQ(home.wordOf("finish", {{"path", textOf(home.documents() / "never")}}), "not-found");
}

TEST(Quit, WaitsForOpenDocumentsAndThenEnds) {
    Home home;
    home.createAccount();
    OpenDocument document(home);
    std::promise<void> ended;
    home.application().whenEnded([&] { ended.set_value(); });
    EXPECT_EQ(home.must("quit")["opened"], 1);
    document.close();
    ASSERT_EQ(ended.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
    EXPECT_EQ(home.statusOf(document.path)["version"], 2);
    EXPECT_EQ(home.must("status")["session"]["state"], "logged-out");
}

TEST(Quit, ProtectsOpenDocumentsAtOnceWhenAskedTo) {
    Home home;
    home.createAccount();
    OpenDocument document(home);
    std::promise<void> ended;
    home.application().whenEnded([&] { ended.set_value(); });
    home.must("quit", {{"open_files", "protect"}});
    ASSERT_EQ(ended.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
    document.close();
    home.restart();
    home.must("login", Json::object(), {kPassword});
    ASSERT_TRUE(home.convert("release", {document.path}));
    EXPECT_EQ(Home::read(document.path), "text and more");
}

TEST(Quit, CanBeTakenBackWhileItWaits) {
    Home home;
    home.createAccount();
    OpenDocument document(home);
    std::atomic<bool> ended = false;
    home.application().whenEnded([&] { ended = true; });
    home.must("quit");
    home.must("quit.cancel");
    document.close();
    home.client().waitForNotice("protected");
    EXPECT_EQ(home.wordOf("hostlist"), "ok");
    home.stop();
    EXPECT_FALSE(ended);
}

TEST(Quit, EndsAtOnceWithNothingOpen) {
    Home home;
    std::promise<void> ended;
    home.application().whenEnded([&] { ended.set_value(); });
    EXPECT_EQ(home.must("quit")["opened"], 0);
    EXPECT_EQ(ended.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
}

TEST(Recovery, KeepsWhatAnEditorSavedWhenTheProcessEndsInTheMiddle) {
    Home home;
    home.createAccount();
    OpenDocument document(home);
    home.stop();
    document.close();
    home.restart();
    home.must("login", Json::object(), {kPassword});
    home.must("doctor", {{"repair", true}});
    // Whoever still had it open is waited for; then it is stored.
    while (!home.must("opened")["opened"].empty())
        (void)home.call("finish", {{"path", textOf(document.path)}});
    ASSERT_TRUE(home.convert("release", {document.path}));
    EXPECT_EQ(Home::read(document.path), "text and more");
}

} // namespace
} // namespace ssprotect::app::test
