#include "account_dialogs.h"
#include "acknowledge_prompt.h"
#include "code_prompt.h"
#include "login_dialog.h"
#include "menu_window.h"
#include "notice_text.h"
#include "quit_dialog.h"
#include "scripted_backend.h"
#include "tray_menu.h"
#include "tray_shell.h"
#include "welcome_wizard.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <gtest/gtest.h>

namespace ssprotect::tray::test {
namespace {

template <class Window> Window* shown() {
    for (auto* widget : QApplication::topLevelWidgets())
        if (auto* window = qobject_cast<Window*>(widget); window != nullptr && window->isVisible())
            return window;
    return nullptr;
}

Json sessionOf(bool loggedIn, bool keysExported = true) {
    return {{"state", loggedIn ? "logged-in" : "logged-out"},
            {"email", "anna@example.org"},
            {"keys_exported", keysExported}};
}

const Json kOneOpen{{"opened", {{{"path", "/srv/demo/a.txt"}, {"version", 1}, {"state", "open"}}}}};

class Shell : public testing::Test {
protected:
    ~Shell() override {
        for (auto* widget : QApplication::topLevelWidgets())
            if (qobject_cast<QDialog*>(widget) != nullptr)
                widget->close();
        settle();
    }
    void start(bool loggedIn, bool hasAccount = true) {
        backend.answer("status", {{"session", sessionOf(loggedIn)}});
        backend.answer("opened", {{"opened", Json::array()}});
        backend.answer("profile.list", {{"profiles", hasAccount ? Json::array({{{"name", "anna"}, {"current", true}}})
                                                                : Json::array()}});
        shell.start();
        settle();
    }
    QStringList menuTexts() {
        QStringList texts;
        for (const auto* action : shell.menu().actions())
            if (action->isVisible() && !action->isSeparator())
                texts << action->text().remove('&');
        return texts;
    }

    ScriptedBackend backend;
    TrayShell shell{backend, "1.2.3", TrayShell::Presence::window};
};

TEST_F(Shell, GreetsAFirstRunWithTheWizard) {
    start(false, false);
    EXPECT_NE(shown<WelcomeWizard>(), nullptr);
    EXPECT_TRUE(menuTexts().contains("Create an Account…"));
}

TEST_F(Shell, ShowsInTheMenuOnlyWhatCanBeDone) {
    start(false);
    EXPECT_EQ(shown<WelcomeWizard>(), nullptr);
    EXPECT_TRUE(menuTexts().contains("Login…"));
    EXPECT_FALSE(menuTexts().contains("Logout"));
    emit backend.notified("session.changed", sessionOf(true));
    EXPECT_FALSE(menuTexts().contains("Login…"));
    EXPECT_TRUE(menuTexts().contains("Logout"));
    EXPECT_TRUE(menuTexts().contains("Refresh Login"));
    EXPECT_TRUE(menuTexts().contains("anna@example.org"));
}

TEST_F(Shell, ShowsTheSameMenuInAWindowWhereThereIsNoTray) {
    start(true);
    auto* window = shown<MenuWindow>();
    ASSERT_NE(window, nullptr);
    QStringList texts;
    for (const auto* button : window->findChildren<QPushButton*>())
        texts << button->text().remove('&');
    EXPECT_TRUE(texts.contains("Managed Files/Restore…"));
    EXPECT_TRUE(texts.contains("Quit"));
    EXPECT_FALSE(texts.contains("Login…"));
}

TEST_F(Shell, DemandsTheExportOfKeysInAFirstSession) {
    start(true);
    emit backend.notified("session.changed", sessionOf(true, false));
    EXPECT_NE(shown<ExportKeysDialog>(), nullptr);
}

TEST_F(Shell, OffersALoginToWhatWaitsForOneAndTellsHowItWent) {
    start(false);
    std::vector<bool> answers;
    emit backend.loginAsked([&](bool loggedIn) { answers.push_back(loggedIn); });
    emit backend.loginAsked([&](bool loggedIn) { answers.push_back(loggedIn); });
    auto* login = shown<LoginDialog>();
    ASSERT_NE(login, nullptr);
    login->accept();
    EXPECT_EQ(answers, (std::vector<bool>{true, true}));

    emit backend.loginAsked([&](bool loggedIn) { answers.push_back(loggedIn); });
    settle();
    shown<LoginDialog>()->reject();
    EXPECT_EQ(answers.back(), false);
}

TEST_F(Shell, AsksForAnAcknowledgement) {
    start(true);
    std::optional<app::Acknowledgement> given;
    emit backend.acknowledgementAsked({"open", {"a.txt"}, 1}, [&](app::Acknowledgement answer) { given = answer; });
    auto* prompt = shown<AcknowledgePrompt>();
    ASSERT_NE(prompt, nullptr);
    EXPECT_FALSE(given);
    prompt->findChild<QPushButton*>("allow")->click();
    EXPECT_EQ(given, app::Acknowledgement::allowed);
}

TEST_F(Shell, AsksForACodeOfTheToken) {
    start(true);
    std::optional<app::CodeAnswer> given;
    emit backend.codeAsked({"login", 6}, [&](app::CodeAnswer answer) { given = std::move(answer); });
    auto* prompt = shown<CodePrompt>();
    ASSERT_NE(prompt, nullptr);
    EXPECT_FALSE(given);
    prompt->findChild<QLineEdit*>()->setText("123456");
    prompt->findChild<QPushButton*>("give")->click();
    ASSERT_TRUE(given);
    EXPECT_EQ(given->given, app::Acknowledgement::allowed);
}

TEST_F(Shell, QuitsAtOnceWithNothingOpen) {
    start(true);
    emit shell.menu().quitAsked();
    settle();
    EXPECT_EQ(shown<QuitDialog>(), nullptr);
    EXPECT_EQ(backend.callsOf("quit").size(), 1u);
}

TEST_F(Shell, AsksHowToQuitWithOpenFiles) {
    start(true);
    backend.answer("opened", kOneOpen);
    emit shell.menu().quitAsked();
    settle();
    auto* dialog = shown<QuitDialog>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(backend.callsOf("quit").empty());
    dialog->findChild<QPushButton*>("protect")->click();
    settle();
    ASSERT_EQ(backend.callsOf("quit").size(), 1u);
    EXPECT_EQ(backend.callsOf("quit")[0].params["open_files"], "protect");
}

TEST_F(Shell, DoesNotQuitUnlessTold) {
    start(true);
    backend.answer("opened", kOneOpen);
    emit shell.menu().quitAsked();
    settle();
    ASSERT_NE(shown<QuitDialog>(), nullptr);
    shown<QuitDialog>()->reject();
    settle();
    EXPECT_TRUE(backend.callsOf("quit").empty());
}

TEST_F(Shell, ListsOpenFilesInTheMenuAndFinishesThem) {
    start(true);
    emit backend.notified("opened.changed", kOneOpen);
    QMenu* openFiles = nullptr;
    for (auto* action : shell.menu().actions())
        if (action->menu() != nullptr && action->text().contains("(1)"))
            openFiles = action->menu();
    ASSERT_NE(openFiles, nullptr);
    auto* file = openFiles->actions().front()->menu();
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(file->title(), "a.txt");
    file->actions().front()->trigger();
    ASSERT_EQ(backend.callsOf("finish").size(), 1u);
    EXPECT_EQ(backend.callsOf("finish")[0].params["path"], "/srv/demo/a.txt");
}

TEST(Notices, SayWhatHappenedToWhichFile) {
    const auto notice = noticeText({{"kind", "protected"}, {"path", "/srv/demo/a.txt"}, {"version", 3}});
    EXPECT_EQ(notice.text, "a.txt is protected as v3.");
    EXPECT_TRUE(noticeText({{"kind", "conflict"}, {"path", "/a"}, {"copy", "/b"}}).warning);
    EXPECT_TRUE(noticeText({{"kind", "of a newer version"}}).title.isEmpty());
}

} // namespace
} // namespace ssprotect::tray::test
