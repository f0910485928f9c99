#include "code_prompt.h"
#include "scripted_backend.h"

#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

namespace ssprotect::tray::test {
namespace {

using app::Acknowledgement;

struct Prompt {
    explicit Prompt(const app::CodeRequest& request = {"login", 6, false, std::chrono::seconds(60)})
        : window(new CodePrompt(request, [this](const app::CodeAnswer& given) {
              answers.push_back(given.given);
              code.assign(given.code.begin(), given.code.end());
          })) {
        window->show();
        settle();
    }
    ~Prompt() { delete window; }

    QLineEdit& field() { return *window->findChild<QLineEdit*>(); }
    bool shows(const QString& text) {
        for (const auto* label : window->findChildren<QLabel*>())
            if (label->text() == text)
                return true;
        return false;
    }

    std::vector<Acknowledgement> answers;
    std::string code;
    QPointer<CodePrompt> window;
};

using Answers = std::vector<Acknowledgement>;

TEST(CodePrompt, GivesWhatIsTypedOnEnter) {
    Prompt prompt;
    QTest::keyClicks(prompt.window->focusWidget(), "755224");
    QTest::keyClick(prompt.window->focusWidget(), Qt::Key_Return);
    EXPECT_EQ(prompt.answers, Answers{Acknowledgement::allowed});
    EXPECT_EQ(prompt.code, "755224");
    settle();
    EXPECT_EQ(prompt.window, nullptr);
}

TEST(CodePrompt, TakesTheSpacesThatPeopleGroupDigitsBy) {
    Prompt prompt({"open", 8});
    QTest::keyClicks(&prompt.field(), "7552 2463");
    QTest::mouseClick(prompt.window->findChild<QPushButton*>("give"), Qt::LeftButton);
    EXPECT_EQ(prompt.code, "75522463");
}

TEST(CodePrompt, WaitsForAsManyDigitsAsTheTokenShowsAndTakesNothingElse) {
    Prompt prompt;
    QTest::keyClicks(&prompt.field(), "75x5-2");
    EXPECT_EQ(prompt.field().text(), "7552");
    EXPECT_FALSE(prompt.window->findChild<QPushButton*>("give")->isEnabled());
    QTest::keyClick(&prompt.field(), Qt::Key_Return);
    EXPECT_TRUE(prompt.answers.empty());
    QTest::keyClicks(&prompt.field(), "24");
    EXPECT_TRUE(prompt.window->findChild<QPushButton*>("give")->isEnabled());
    QTest::keyClicks(&prompt.field(), "9");
    EXPECT_FALSE(prompt.window->findChild<QPushButton*>("give")->isEnabled());
}

TEST(CodePrompt, GivesNoneOnEscapeOnClosingAndOnDeny) {
    Prompt escaped;
    QTest::keyClicks(&escaped.field(), "755224");
    QTest::keyClick(escaped.window.data(), Qt::Key_Escape);
    EXPECT_EQ(escaped.answers, Answers{Acknowledgement::denied});
    EXPECT_EQ(escaped.code, "");
    Prompt closed;
    closed.window->close();
    EXPECT_EQ(closed.answers, Answers{Acknowledgement::denied});
    Prompt denied;
    QTest::mouseClick(denied.window->findChild<QPushButton*>("deny"), Qt::LeftButton);
    EXPECT_EQ(denied.answers, Answers{Acknowledgement::denied});
}

TEST(CodePrompt, GivesNoneWhenItsTimeIsUp) {
    Prompt prompt;
    for (int second = 0; second < 59; ++second)
        prompt.window->tick();
    EXPECT_EQ(prompt.window->secondsLeft(), 1);
    EXPECT_TRUE(prompt.answers.empty());
    prompt.window->tick();
    EXPECT_EQ(prompt.answers, Answers{Acknowledgement::timedOut});
}

TEST(CodePrompt, SaysWhatTheCodeIsForAlsoToAScreenReader) {
    Prompt prompt({"open", 7});
    EXPECT_TRUE(prompt.shows("Which code does your token show?"));
    EXPECT_TRUE(prompt.shows("To open a protected file"));
    EXPECT_EQ(prompt.field().accessibleName(), "Code of the token");
    EXPECT_TRUE(prompt.field().accessibleDescription().startsWith("To open a protected file"));
    EXPECT_EQ(prompt.window->focusWidget(), &prompt.field());
}

TEST(CodePrompt, SaysThatTheNextCodeIsMeant) {
    Prompt prompt({"second_factor.sync", 6, true});
    EXPECT_TRUE(prompt.shows("Which code does your token show next?"));
}

TEST(CodePrompt, ShowsTheNameOfAnOperationAsItIs) {
    Prompt prompt({"<b>users.new</b>", 6});
    EXPECT_TRUE(prompt.shows("For the operation <b>users.new</b>"));
}

} // namespace
} // namespace ssprotect::tray::test
