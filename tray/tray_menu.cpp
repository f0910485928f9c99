#include "tray_menu.h"

#include "json_text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::tray {

TrayMenu::TrayMenu(QWidget* parent) : QMenu(parent) {
    who_ = addAction(tr("Not logged in"));
    who_->setEnabled(false);
    addSeparator();
    create_ = addAction(tr("Create an A&ccount…"), this, &TrayMenu::createAccountAsked);
    login_ = addAction(tr("&Login…"), this, &TrayMenu::loginAsked);
    refresh_ = addAction(tr("&Refresh Login"), this, &TrayMenu::refreshAsked);
    logout_ = addAction(tr("Log&out"), this, &TrayMenu::logoutAsked);
    addSeparator();
    managedFiles_ = addAction(tr("&Managed Files/Restore…"), this, &TrayMenu::managedFilesAsked);
    conversion_ = addAction(tr("&Bulk Conversion…"), this, &TrayMenu::conversionAsked);
    openFiles_ = addMenu(tr("Open &files"));
    account_ = addMenu(tr("&Account"));
    exportKeys_ = account_->addAction(tr("&Export Keys…"), this, &TrayMenu::exportKeysAsked);
    importKeys_ = account_->addAction(tr("&Use Exported Keys…"), this, &TrayMenu::keysImportAsked);
    changePassword_ = account_->addAction(tr("Change &Password…"), this, &TrayMenu::changePasswordAsked);
    account_->addSeparator();
    backup_ = account_->addAction(tr("&Back Up…"), this, &TrayMenu::backupAsked);
    backupFolder_ = account_->addAction(tr("&Automatic Backup…"), this, &TrayMenu::backupFolderAsked);
    addSeparator();
    addAction(tr("Abou&t SSProtect…"), this, &TrayMenu::aboutAsked);
    addAction(tr("&Quit"), this, &TrayMenu::quitAsked);
    showSession(Json::object(), true);
    showOpened(Json::object());
}

void TrayMenu::showSession(const Json& session, bool hasAccount) {
    const bool loggedIn = textOf(session, "state") == "logged-in";
    const bool ready = loggedIn && flagOf(session, "keys_exported");
    who_->setText(loggedIn ? textOf(session, "email").replace('&', QLatin1String("&&")) : tr("Not logged in"));
    create_->setVisible(!hasAccount);
    login_->setVisible(!loggedIn && hasAccount);
    refresh_->setVisible(loggedIn);
    logout_->setVisible(loggedIn);
    // Without a session these ask for a login and go on (PROT-10).
    managedFiles_->setVisible(hasAccount);
    conversion_->setVisible(hasAccount);
    exportKeys_->setVisible(loggedIn);
    changePassword_->setVisible(loggedIn);
    importKeys_->setVisible(!loggedIn);
    backup_->setVisible(ready);
    backupFolder_->setVisible(hasAccount);
}

void TrayMenu::showOpened(const Json& opened) {
    openFiles_->clear();
    const auto& rows = listOf(opened, "opened");
    for (const auto& row : rows) {
        const auto path = textOf(row, "path");
        auto* file = openFiles_->addMenu(fileNameOf(path).replace('&', QLatin1String("&&")));
        file->setToolTip(shownPathOf(path));
        file->addAction(tr("&Finish now"), this, [this, path] { emit finishAsked(path); });
    }
    openFiles_->addSeparator();
    openFiles_->addAction(tr("&Open Files…"), this, &TrayMenu::openFilesAsked);
    openFiles_->setTitle(rows.empty() ? tr("Open &files") : tr("Open &files (%1)").arg(rows.size()));
}

} // namespace ssprotect::tray
