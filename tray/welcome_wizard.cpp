#include "welcome_wizard.h"

#include "file_picker.h"
#include "icons.h"
#include "json_text.h"
#include "secret_field.h"
#include "suggested_path.h"
#include "wizard_page.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {
namespace {

class TextPage final : public QWizardPage {
public:
    TextPage(const QString& title, const QString& text, QWidget* parent) : QWizardPage(parent) {
        setTitle(title);
        label_ = new QLabel(text, this);
        label_->setWordWrap(true);
        auto* column = new QVBoxLayout(this);
        column->addWidget(label_);
        column->addStretch(1);
    }
    QLabel* label() { return label_; }

private:
    QLabel* label_;
};

class AccountPage final : public CallingPage {
public:
    AccountPage(Backend& backend, QWidget* parent)
        : CallingPage(backend, WelcomeWizard::tr("Your account"),
                      WelcomeWizard::tr("The account lives on this machine. Its password opens everything it protects; "
                                        "nobody can tell it to you again, so choose one you will remember. A sentence "
                                        "is easier to remember than a riddle, and stronger."),
                      parent),
          email_(new QLineEdit(this)), password_(new SecretField(this)), repeated_(new SecretField(this)) {
        email_->setObjectName("email");
        password_->setObjectName("password");
        repeated_->setObjectName("password-again");
        addField(WelcomeWizard::tr("&E-mail:"), email_);
        addField(WelcomeWizard::tr("&Password:"), password_);
        addField(WelcomeWizard::tr("Password &again:"), repeated_);
        auto* reveal = new QCheckBox(WelcomeWizard::tr("&Show passwords"), this);
        connect(reveal, &QCheckBox::toggled, password_, &SecretField::setShown);
        connect(reveal, &QCheckBox::toggled, repeated_, &SecretField::setShown);
        addNote(reveal);
    }

private:
    bool submit() override {
        if (email_->text().trimmed().isEmpty())
            return refuse(WelcomeWizard::tr("Enter your e-mail address: it names the account."), email_);
        if (!sameSecrets(*password_, *repeated_))
            return refuse(WelcomeWizard::tr("The password and its repetition differ, or are empty."), password_);
        Backend::Secrets secrets;
        secrets.push_back(password_->bytes());
        return callAndGoOn("account.create", Json{{"email", email_->text().trimmed().toStdString()}},
                           std::move(secrets));
    }

    QLineEdit* email_;
    SecretField* password_;
    SecretField* repeated_;
};

class KeysPage final : public CallingPage {
public:
    KeysPage(Backend& backend, QWidget* parent)
        : CallingPage(
              backend, WelcomeWizard::tr("Save the keys"),
              WelcomeWizard::tr("Nobody but you holds the keys of this account. If the password is forgotten or this "
                                "disk is lost, a file with the exported keys and its passphrase are the only way back "
                                "to your content. That is why it has to be written before anything can be protected. "
                                "Keep it on another medium than this disk."),
              parent),
          file_(new FilePicker(FilePicker::Kind::newFile, WelcomeWizard::tr("Export keys to"),
                               WelcomeWizard::tr("Exported keys (*.sspkeys)"), this)),
          passphrase_(new SecretField(this)), repeated_(new SecretField(this)) {
        file_->setObjectName("file");
        passphrase_->setObjectName("passphrase");
        repeated_->setObjectName("passphrase-again");
        file_->setPath(suggestedPath("ssprotect-keys.sspkeys"));
        file_->setAccessibleLabel(WelcomeWizard::tr("File for the exported keys"));
        addField(WelcomeWizard::tr("&File:"), file_);
        addField(WelcomeWizard::tr("&Passphrase:"), passphrase_);
        addField(WelcomeWizard::tr("Passphrase &again:"), repeated_);
        auto* reveal = new QCheckBox(WelcomeWizard::tr("&Show passphrase"), this);
        connect(reveal, &QCheckBox::toggled, passphrase_, &SecretField::setShown);
        connect(reveal, &QCheckBox::toggled, repeated_, &SecretField::setShown);
        addNote(reveal);
    }

private:
    bool submit() override {
        if (file_->path().isEmpty())
            return refuse(WelcomeWizard::tr("Choose a file for the keys."), file_);
        if (!sameSecrets(*passphrase_, *repeated_))
            return refuse(WelcomeWizard::tr("The passphrase and its repetition differ, or are empty."), passphrase_);
        Backend::Secrets secrets;
        secrets.push_back(passphrase_->bytes());
        return callAndGoOn("keys.export", Json{{"file", pathTextOf(file_->path())}}, std::move(secrets));
    }

    FilePicker* file_;
    SecretField* passphrase_;
    SecretField* repeated_;
};

class BackupPage final : public CallingPage {
public:
    BackupPage(Backend& backend, QWidget* parent)
        : CallingPage(backend, WelcomeWizard::tr("Automatic backup"),
                      WelcomeWizard::tr("What protected files need to be opened also lies in a database on this disk. "
                                        "Choose a folder elsewhere, on another disk or one that is synchronised, and "
                                        "each session leaves a backup there that only your exported keys open. You may "
                                        "leave this empty and choose later in the Account menu."),
                      parent),
          folder_(new FilePicker(FilePicker::Kind::folder, WelcomeWizard::tr("Folder for backups"), {}, this)) {
        folder_->setObjectName("folder");
        folder_->setAccessibleLabel(WelcomeWizard::tr("Folder for backups"));
        addField(WelcomeWizard::tr("&Folder (optional):"), folder_);
    }

private:
    bool submit() override {
        if (folder_->path().isEmpty())
            return true;
        return callAndGoOn("backup.folder", Json{{"folder", pathTextOf(folder_->path())}}, {});
    }

    FilePicker* folder_;
};

} // namespace

WelcomeWizard::WelcomeWizard(Backend& backend, QWidget* parent) : QWizard(parent) {
    setWindowTitle(tr("Welcome to SSProtect"));
    setWindowIcon(shieldIcon(Shield::loggedIn));
    setWizardStyle(QWizard::ModernStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    setOption(QWizard::NoBackButtonOnLastPage);
    setOption(QWizard::NoCancelButtonOnLastPage);
    // What a page did can't be undone by going back.
    setOption(QWizard::DisabledBackButtonOnLastPage);
    setPixmap(QWizard::LogoPixmap, shieldIcon(Shield::loggedIn).pixmap(48, 48));

    auto* welcome = new TextPage(
        tr("Keep files encrypted where they lie"),
        tr("<p>SSProtect encrypts a file in its own place: it keeps its name and its folder, and you go on "
           "double-clicking it. Every access is authorised and recorded.</p>"
           "<p>The next pages make an account, save its keys in a file, and offer a backup. That takes about two "
           "minutes.</p><p><a href=\"import\">I have exported keys of an account already…</a></p>"),
        this);
    welcome->label()->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
    connect(welcome->label(), &QLabel::linkActivated, this, [this] {
        reject();
        emit keysImportAsked();
    });
    auto* keys = new KeysPage(backend, this);
    auto* account = new AccountPage(backend, this);
    account->setCommitPage(true);
    account->setButtonText(QWizard::CommitButton, tr("&Create Account"));
    keys->setCommitPage(true);
    keys->setButtonText(QWizard::CommitButton, tr("&Export Keys"));
    setPage(welcomePage, welcome);
    setPage(accountPage, account);
    setPage(keysPage, keys);
    setPage(backupPage, new BackupPage(backend, this));
    setPage(donePage,
            new TextPage(tr("Ready"),
                         tr("<p>You are logged in. The shield in the tray shows it, and its menu holds "
                            "everything: protect files with <b>Bulk Conversion</b>, see them in "
                            "<b>Managed Files/Restore</b>.</p>"
                            "<p>Each time a protected file is opened you are asked whether you want that.</p>"),
                         this));
    setMinimumWidth(fontMetrics().averageCharWidth() * 90);
}

} // namespace ssprotect::tray
