#include "error_label.h"
#include "login_dialog.h"
#include "scripted_backend.h"
#include "secret_field.h"

#include <optional>

#include <QComboBox>
#include <QLabel>
#include <QTest>
#include <gtest/gtest.h>

namespace ssprotect::tray::test {
namespace {

class Login : public testing::Test {
protected:
    Login() {
        backend.answer("profile.list", {{"profiles",
                                         {{{"name", "home"}, {"email", "anna@example.org"}, {"current", false}},
                                          {{"name", "work"}, {"email", "anna@example.net"}, {"current", true}}}}});
        dialog.emplace(backend);
        dialog->show();
        settle();
    }
    void logIn(const QString& password) {
        dialog->findChild<SecretField*>("password")->setText(password);
        dialog->submitNow();
        settle();
    }

    ScriptedBackend backend;
    std::optional<LoginDialog> dialog;
};

TEST_F(Login, StartsWithTheCurrentProfileAndThePasswordField) {
    EXPECT_EQ(dialog->findChild<QComboBox*>("who")->currentText(), "work");
    EXPECT_EQ(dialog->focusWidget(), dialog->findChild<SecretField*>("password"));
}

TEST_F(Login, SendsThePasswordAsASecretAndForgetsIt) {
    logIn("correct horse");
    const auto calls = backend.callsOf("login");
    ASSERT_EQ(calls.size(), 1u);
    EXPECT_EQ(calls[0].params, Json({{"profile", "work"}}));
    EXPECT_EQ(calls[0].secrets, std::vector<std::string>{"correct horse"});
    EXPECT_TRUE(dialog->findChild<SecretField*>("password")->text().isEmpty());
    EXPECT_EQ(dialog->result(), QDialog::Accepted);
}

TEST_F(Login, TakesWhatIsNoProfileForAnEmail) {
    dialog->findChild<QComboBox*>("who")->setEditText("bert@example.org");
    logIn("password");
    ASSERT_EQ(backend.callsOf("login").size(), 1u);
    EXPECT_EQ(backend.callsOf("login")[0].params, Json({{"email", "bert@example.org"}}));
}

TEST_F(Login, ShowsARefusalInPlaceAndStaysOpen) {
    backend.refuse("login", ErrorCode::loginFailed, "the account or the password is wrong");
    logIn("wrong");
    EXPECT_TRUE(dialog->isVisible());
    const auto* error = dialog->findChild<ErrorLabel*>();
    EXPECT_TRUE(error->isVisible());
    EXPECT_EQ(error->text(), "The account or the password is wrong.");
    backend.answer("login", Json::object());
    logIn("right");
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(Login, CallsNothingWithoutAPassword) {
    logIn("");
    EXPECT_TRUE(backend.callsOf("login").empty());
    EXPECT_TRUE(dialog->findChild<ErrorLabel*>()->isVisible());
}

TEST_F(Login, GivesEveryFieldALabelForKeyboardAndScreenReader) {
    for (auto* field : {static_cast<QWidget*>(dialog->findChild<QComboBox*>("who")),
                        static_cast<QWidget*>(dialog->findChild<SecretField*>("password"))}) {
        EXPECT_FALSE(field->accessibleName().isEmpty());
        bool labelled = false;
        for (const auto* label : dialog->findChildren<QLabel*>())
            labelled = labelled || (label->buddy() == field && label->text().contains('&'));
        EXPECT_TRUE(labelled) << field->objectName().toStdString();
    }
}

} // namespace
} // namespace ssprotect::tray::test
