#include "acknowledge_prompt.h"
#include "scripted_backend.h"

#include <QLabel>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

namespace ssprotect::tray::test {
namespace {

using app::Acknowledgement;

struct Prompt {
    explicit Prompt(app::AcknowledgementRequest request = {"open", {"offer.txt"}, 1})
        : window(new AcknowledgePrompt(request, [this](Acknowledgement given) { answers.push_back(given); })) {
        window->show();
        settle();
    }
    ~Prompt() { delete window; }

    std::vector<Acknowledgement> answers;
    QPointer<AcknowledgePrompt> window;
};

using Answers = std::vector<Acknowledgement>;

TEST(AcknowledgePrompt, DeniesOnEnter) {
    Prompt prompt;
    QTest::keyClick(prompt.window.data(), Qt::Key_Return);
    EXPECT_EQ(prompt.answers, Answers{Acknowledgement::denied});
}

TEST(AcknowledgePrompt, DeniesOnSpaceWhereTheFocusIs) {
    Prompt prompt;
    QTest::keyClick(prompt.window->focusWidget(), Qt::Key_Space);
    EXPECT_EQ(prompt.answers, Answers{Acknowledgement::denied});
}

TEST(AcknowledgePrompt, NamesTheSettingsThatAreToChange) {
    Prompt prompt({"set", {"Unsigned Apps: on"}, 1});
    bool asked = false;
    for (const auto* label : prompt.window->findChildren<QLabel*>())
        asked = asked || label->text() == "Change this setting of your account?";
    EXPECT_TRUE(asked);
    const auto* settings = prompt.window->findChild<QListWidget*>();
    EXPECT_EQ(settings->item(0)->text(), "Unsigned Apps: on");
    EXPECT_EQ(settings->accessibleName(), "Settings");
}

TEST(AcknowledgePrompt, DeniesOnEscapeAndOnClosing) {
    Prompt escaped;
    QTest::keyClick(escaped.window.data(), Qt::Key_Escape);
    EXPECT_EQ(escaped.answers, Answers{Acknowledgement::denied});
    Prompt closed;
    closed.window->close();
    EXPECT_EQ(closed.answers, Answers{Acknowledgement::denied});
}

TEST(AcknowledgePrompt, DeniesWhenItsTimeIsUp) {
    Prompt prompt({"open", {"offer.txt"}, 1, std::chrono::seconds(60)});
    for (int second = 0; second < 59; ++second)
        prompt.window->tick();
    EXPECT_EQ(prompt.window->secondsLeft(), 1);
    EXPECT_TRUE(prompt.answers.empty());
    prompt.window->tick();
    EXPECT_EQ(prompt.answers, Answers{Acknowledgement::timedOut});
}

TEST(AcknowledgePrompt, AllowsOnlyWhenTold) {
    Prompt prompt;
    QTest::mouseClick(prompt.window->findChild<QPushButton*>("allow"), Qt::LeftButton);
    settle();
    EXPECT_EQ(prompt.answers, Answers{Acknowledgement::allowed});
    EXPECT_EQ(prompt.window, nullptr);
}

TEST(AcknowledgePrompt, NamesTheFilesAndHowManyMore) {
    Prompt prompt({"activate", {"a.txt", "b.txt"}, 12});
    const auto* names = prompt.window->findChild<QListWidget*>();
    ASSERT_EQ(names->count(), 3);
    EXPECT_EQ(names->item(0)->text(), "a.txt");
    EXPECT_TRUE(names->item(2)->text().contains("10"));
}

TEST(AcknowledgePrompt, ShowsANameAsItIs) {
    Prompt prompt({"open", {"<b>bold</b> & co.txt"}, 1});
    EXPECT_EQ(prompt.window->findChild<QListWidget*>()->item(0)->text(), "<b>bold</b> & co.txt");
}

} // namespace
} // namespace ssprotect::tray::test
