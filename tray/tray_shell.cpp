#include "tray_shell.h"

#include "about_dialog.h"
#include "account_dialogs.h"
#include "acknowledge_prompt.h"
#include "code_prompt.h"
#include "conversion_window.h"
#include "error_label.h"
#include "icons.h"
#include "json_text.h"
#include "login_dialog.h"
#include "managed_files_window.h"
#include "menu_window.h"
#include "notice_text.h"
#include "open_files_window.h"
#include "quit_dialog.h"
#include "tray_menu.h"
#include "welcome_wizard.h"

#include <nlohmann/json.hpp>

namespace ssprotect::tray {
namespace {

void raise(QWidget* window) {
    window->show();
    window->raise();
    window->activateWindow();
}

} // namespace

TrayShell::TrayShell(Backend& backend, const QString& version, Presence presence)
    : backend_(backend), version_(version), menu_(std::make_unique<TrayMenu>()),
      managedFiles_(std::make_unique<ManagedFilesWindow>(backend)),
      conversion_(std::make_unique<ConversionWindow>(backend)), openFiles_(std::make_unique<OpenFilesWindow>(backend)) {
    connectMenu();
    if (presence == Presence::trayIcon) {
        icon_ = std::make_unique<QSystemTrayIcon>();
        icon_->setContextMenu(menu_.get());
        connect(icon_.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::DoubleClick || reason == QSystemTrayIcon::Trigger)
                loggedIn_ ? raise(managedFiles_.get()), managedFiles_->refresh() : showLogin();
        });
    } else {
        window_ = std::make_unique<MenuWindow>(*menu_);
        connect(window_.get(), &MenuWindow::quitAsked, this, &TrayShell::quit);
    }
    showIcon();
    connect(&backend_, &Backend::notified, this, &TrayShell::onEvent);
    connect(&backend_, &Backend::acknowledgementAsked, this, &TrayShell::askAcknowledgement);
    connect(&backend_, &Backend::codeAsked, this, &TrayShell::askCode);
    connect(&backend_, &Backend::loginAsked, this, &TrayShell::offerLogin);
    connect(managedFiles_.get(), &ManagedFilesWindow::conversionAsked, this, &TrayShell::showConversion);
    connect(managedFiles_.get(), &ManagedFilesWindow::openAsked, this, &TrayShell::openFile);
}

TrayShell::~TrayShell() { answerLoginOffers(false); }

void TrayShell::start() {
    if (icon_ != nullptr)
        icon_->show();
    else
        window_->show();
    backend_.call(this, "status", Json::object(), [this](const Result<Json>& result) {
        if (result && result->contains("session"))
            showSession((*result)["session"]);
    });
    backend_.call(this, "opened", Json::object(), [this](const Result<Json>& result) {
        if (result)
            showOpened(*result);
    });
    backend_.call(this, "profile.list", Json::object(), [this](const Result<Json>& result) {
        if (!result || !listOf(*result, "profiles").empty())
            return;
        hasAccount_ = false;
        menu_->showSession(Json::object(), hasAccount_);
        showWizard();
    });
}

void TrayShell::connectMenu() {
    connect(menu_.get(), &TrayMenu::createAccountAsked, this, &TrayShell::showWizard);
    connect(menu_.get(), &TrayMenu::loginAsked, this, &TrayShell::showLogin);
    connect(menu_.get(), &TrayMenu::keysImportAsked, this, &TrayShell::showImport);
    connect(menu_.get(), &TrayMenu::refreshAsked, this,
            [this] { callAndTell("refresh", Json::object(), tr("The login was not refreshed")); });
    connect(menu_.get(), &TrayMenu::logoutAsked, this,
            [this] { callAndTell("logout", Json::object(), tr("Logout failed")); });
    connect(menu_.get(), &TrayMenu::managedFilesAsked, this, [this] {
        raise(managedFiles_.get());
        managedFiles_->refresh();
    });
    connect(menu_.get(), &TrayMenu::conversionAsked, this, [this] { showConversion("activate", {}); });
    connect(menu_.get(), &TrayMenu::openFilesAsked, this, [this] { raise(openFiles_.get()); });
    connect(menu_.get(), &TrayMenu::finishAsked, this, [this](const QString& path) {
        callAndTell("finish", Json{{"path", path.toStdString()}}, tr("The file could not be finished"));
    });
    connect(menu_.get(), &TrayMenu::exportKeysAsked, this, [this] { exportKeys(false); });
    connect(menu_.get(), &TrayMenu::changePasswordAsked, this, [this] { open<ChangePasswordDialog>(); });
    connect(menu_.get(), &TrayMenu::backupAsked, this, [this] { open<BackupDialog>(); });
    connect(menu_.get(), &TrayMenu::backupFolderAsked, this, [this] { open<BackupFolderDialog>(); });
    connect(menu_.get(), &TrayMenu::aboutAsked, this, [this] { raise(new AboutDialog(version_)); });
    connect(menu_.get(), &TrayMenu::quitAsked, this, &TrayShell::quit);
}

template <class Dialog, class... More> Dialog* TrayShell::open(More&&... more) {
    auto* dialog = new Dialog(backend_, std::forward<More>(more)...);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowIcon(shieldIcon(Shield::loggedIn));
    raise(dialog);
    return dialog;
}

void TrayShell::onEvent(const QString& event, const Json& params) {
    if (event == "session.changed")
        showSession(params);
    else if (event == "opened.changed")
        showOpened(params);
    else if (event == "shell.window")
        showAsked(params);
    else if (event == "notice") {
        const auto notice = noticeText(params);
        if (!notice.title.isEmpty())
            notify(notice.title, notice.text, notice.warning);
    }
}

/// What the file manager asked for and needs a window.
void TrayShell::showAsked(const Json& window) {
    if (textOf(window, "window") == "versions") {
        raise(managedFiles_.get());
        return managedFiles_->showVersionsOf(textOf(window, "path"));
    }
    QStringList paths;
    for (const auto& path : listOf(window, "paths"))
        paths << QString::fromStdString(path.get<std::string>());
    showConversion(textOf(window, "operation"), paths);
}

void TrayShell::showSession(const Json& session) {
    loggedIn_ = textOf(session, "state") == "logged-in";
    hasAccount_ = hasAccount_ || loggedIn_;
    menu_->showSession(session, hasAccount_);
    showIcon();
    const bool wizard = qobject_cast<WelcomeWizard*>(loginWindow_.data()) != nullptr;
    if (loggedIn_ && !flagOf(session, "keys_exported") && !wizard)
        exportKeys(true);
}

void TrayShell::showOpened(const Json& opened) {
    openCount_ = static_cast<int>(listOf(opened, "opened").size());
    menu_->showOpened(opened);
    openFiles_->show(opened);
    showIcon();
}

void TrayShell::showIcon() {
    if (icon_ == nullptr)
        return;
    icon_->setIcon(shieldIcon(openCount_ > 0 ? Shield::busy : loggedIn_ ? Shield::loggedIn : Shield::loggedOut));
    icon_->setToolTip(openCount_ == 1  ? tr("SSProtect: a protected file is open")
                      : openCount_ > 0 ? tr("SSProtect: %n protected files are open", nullptr, openCount_)
                      : loggedIn_      ? tr("SSProtect: logged in")
                                       : tr("SSProtect: not logged in"));
}

void TrayShell::notify(const QString& title, const QString& text, bool warning) {
    if (icon_ != nullptr)
        icon_->showMessage(title, text, warning ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
    else
        window_->showMessage(title, text);
}

void TrayShell::showWizard() {
    if (loginWindow_ != nullptr)
        return raise(loginWindow_);
    auto* wizard = open<WelcomeWizard>();
    connect(wizard, &WelcomeWizard::keysImportAsked, this, &TrayShell::showImport);
    awaitLogin(wizard);
}

void TrayShell::showLogin() {
    if (!hasAccount_)
        return showWizard();
    if (loginWindow_ != nullptr)
        return raise(loginWindow_);
    auto* login = open<LoginDialog>();
    connect(login, &LoginDialog::keysImportAsked, this, &TrayShell::showImport);
    awaitLogin(login);
}

void TrayShell::showImport() { awaitLogin(open<ImportKeysDialog>()); }

void TrayShell::awaitLogin(QDialog* dialog) {
    loginWindow_ = dialog;
    connect(dialog, &QDialog::finished, this, [this, dialog](int result) {
        // It lives on until the event loop deletes it, but nobody can log in with it any more.
        if (loginWindow_ == dialog)
            loginWindow_ = nullptr;
        answerLoginOffers(result == QDialog::Accepted || loggedIn_);
    });
}

void TrayShell::offerLogin(const std::function<void(bool)>& done) {
    loginOffers_.push_back(done);
    showLogin();
}

void TrayShell::answerLoginOffers(bool loggedIn) {
    for (const auto& done : std::exchange(loginOffers_, {}))
        done(loggedIn);
}

void TrayShell::askAcknowledgement(const app::AcknowledgementRequest& request,
                                   const std::function<void(app::Acknowledgement)>& done) {
    raise(new AcknowledgePrompt(request, done));
}

void TrayShell::askCode(const app::CodeRequest& request, const std::function<void(app::CodeAnswer)>& done) {
    raise(new CodePrompt(request, done));
}

void TrayShell::exportKeys(bool forced) {
    if (exportWindow_ != nullptr)
        return raise(exportWindow_);
    exportWindow_ = open<ExportKeysDialog>(forced);
}

void TrayShell::showConversion(const QString& operation, const QStringList& pathTexts) {
    conversion_->prepare(operation, pathTexts);
    raise(conversion_.get());
}

void TrayShell::openFile(const QString& pathText) {
    callAndTell("open", Json{{"path", pathText.toStdString()}, {"wait", false}}, tr("The file was not opened"));
}

void TrayShell::quit() {
    backend_.call(this, "opened", Json::object(), [this](const Result<Json>& result) {
        if (result && !listOf(*result, "opened").empty())
            return askHowToQuit(*result);
        callAndTell("quit", Json::object(), tr("SSProtect can't quit"));
    });
}

void TrayShell::askHowToQuit(const Json& opened) {
    QStringList names;
    for (const auto& row : listOf(opened, "opened"))
        names << shownPathOf(textOf(row, "path"));
    auto* dialog = new QuitDialog(names);
    connect(dialog, &QuitDialog::chosen, this, [this](QuitDialog::Choice choice) {
        if (choice == QuitDialog::Choice::stay)
            return callAndTell("quit.cancel", Json::object(), {});
        callAndTell("quit", Json{{"open_files", choice == QuitDialog::Choice::wait ? "wait" : "protect"}},
                    tr("SSProtect can't quit"));
    });
    raise(dialog);
}

void TrayShell::callAndTell(const char* method, const Json& params, const QString& failure) {
    backend_.call(this, method, params, [this, failure](const Result<Json>& result) {
        if (!result && !failure.isEmpty())
            notify(failure, sentenceOf(result.error()), true);
    });
}

} // namespace ssprotect::tray
