#include "error_label.h"
#include "file_picker.h"
#include "json_text.h"
#include "scripted_backend.h"
#include "secret_field.h"
#include "welcome_wizard.h"

#include <QLineEdit>
#include <gtest/gtest.h>

namespace ssprotect::tray::test {
namespace {

class Wizard : public testing::Test {
protected:
    Wizard() {
        wizard.show();
        settle();
        next();
    }
    void next() {
        wizard.next();
        settle();
    }
    template <class Widget> Widget* on(const char* name) { return wizard.currentPage()->findChild<Widget*>(name); }
    void fillAccount(const QString& again = "correct horse battery") {
        on<QLineEdit>("email")->setText("anna@example.org");
        on<SecretField>("password")->setText("correct horse battery");
        on<SecretField>("password-again")->setText(again);
    }
    void fillKeys() {
        on<FilePicker>("file")->setPath("/media/stick/anna.sspkeys");
        on<SecretField>("passphrase")->setText("a passphrase");
        on<SecretField>("passphrase-again")->setText("a passphrase");
    }
    QString errorShown() { return wizard.currentPage()->findChild<ErrorLabel*>()->text(); }

    ScriptedBackend backend;
    WelcomeWizard wizard{backend};
};

TEST_F(Wizard, CreatesTheAccountAndExportsItsKeys) {
    ASSERT_EQ(wizard.currentId(), WelcomeWizard::accountPage);
    fillAccount();
    next();
    ASSERT_EQ(wizard.currentId(), WelcomeWizard::keysPage);
    ASSERT_EQ(backend.callsOf("account.create").size(), 1u);
    EXPECT_EQ(backend.callsOf("account.create")[0].params, Json({{"email", "anna@example.org"}}));
    EXPECT_EQ(backend.callsOf("account.create")[0].secrets, std::vector<std::string>{"correct horse battery"});

    fillKeys();
    next();
    ASSERT_EQ(wizard.currentId(), WelcomeWizard::backupPage);
    EXPECT_EQ(backend.callsOf("keys.export")[0].params, Json({{"file", pathTextOf("/media/stick/anna.sspkeys")}}));

    next();
    EXPECT_EQ(wizard.currentId(), WelcomeWizard::donePage);
    EXPECT_TRUE(backend.callsOf("backup.folder").empty());
}

TEST_F(Wizard, DoesNotGoOnWithPasswordsThatDiffer) {
    fillAccount("something else");
    next();
    EXPECT_EQ(wizard.currentId(), WelcomeWizard::accountPage);
    EXPECT_FALSE(errorShown().isEmpty());
    EXPECT_TRUE(backend.callsOf("account.create").empty());
}

TEST_F(Wizard, ShowsWhyAnAccountIsRefusedAndLetsTheUserMendIt) {
    backend.refuse("account.create", ErrorCode::weakPassword, "the password is too common");
    fillAccount();
    next();
    EXPECT_EQ(wizard.currentId(), WelcomeWizard::accountPage);
    EXPECT_EQ(errorShown(), "The password is too common.");

    backend.answer("account.create", Json::object());
    next();
    EXPECT_EQ(wizard.currentId(), WelcomeWizard::keysPage);
}

TEST_F(Wizard, DoesNotPassTheKeysWithoutAnExport) {
    fillAccount();
    next();
    next();
    EXPECT_EQ(wizard.currentId(), WelcomeWizard::keysPage);
    backend.refuse("keys.export", ErrorCode::alreadyExists, "the file is there already");
    fillKeys();
    next();
    EXPECT_EQ(wizard.currentId(), WelcomeWizard::keysPage);
    EXPECT_EQ(errorShown(), "The file is there already.");
}

TEST_F(Wizard, SetsTheBackupFolderThatIsChosen) {
    fillAccount();
    next();
    fillKeys();
    next();
    on<FilePicker>("folder")->setPath("/media/disk");
    next();
    EXPECT_EQ(wizard.currentId(), WelcomeWizard::donePage);
    EXPECT_EQ(backend.callsOf("backup.folder")[0].params, Json({{"folder", pathTextOf("/media/disk")}}));
}

} // namespace
} // namespace ssprotect::tray::test
