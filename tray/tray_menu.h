#pragma once

#include "ssprotect/base/json.h"

#include <QMenu>

namespace ssprotect::tray {

/// The tray's menu (UI-1). What cannot be done now is not shown.
class TrayMenu final : public QMenu {
    Q_OBJECT

public:
    explicit TrayMenu(QWidget* parent = nullptr);

    /// The `session` object of `status`, and whether this home has any account.
    void showSession(const Json& session, bool hasAccount);
    /// The answer of `opened`.
    void showOpened(const Json& opened);

signals:
    void loginAsked();
    void createAccountAsked();
    void keysImportAsked();
    void refreshAsked();
    void logoutAsked();
    void managedFilesAsked();
    void conversionAsked();
    void openFilesAsked();
    void finishAsked(const QString& pathText);
    void exportKeysAsked();
    void changePasswordAsked();
    void backupAsked();
    void backupFolderAsked();
    void aboutAsked();
    void quitAsked();

private:
    QAction* who_;
    QAction* login_;
    QAction* create_;
    QAction* refresh_;
    QAction* logout_;
    QAction* managedFiles_;
    QAction* conversion_;
    QMenu* openFiles_;
    QMenu* account_;
    QAction* exportKeys_;
    QAction* changePassword_;
    QAction* backup_;
    QAction* backupFolder_;
    QAction* importKeys_;
};

} // namespace ssprotect::tray
