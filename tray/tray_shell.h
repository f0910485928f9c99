#pragma once

#include "backend.h"

#include <memory>
#include <vector>

#include <QPointer>
#include <QSystemTrayIcon>

class QDialog;

namespace ssprotect::tray {

class ConversionWindow;
class ManagedFilesWindow;
class MenuWindow;
class OpenFilesWindow;
class TrayMenu;

/// The tray icon with its menu, or the window in its place, and all windows that it opens.
class TrayShell final : public QObject {
    Q_OBJECT

public:
    enum class Presence { trayIcon, window };

    TrayShell(Backend& backend, const QString& version, Presence presence);
    ~TrayShell() override;

    /// Reads the state and greets a first run with the wizard.
    void start();
    TrayMenu& menu() { return *menu_; }

private:
    void connectMenu();
    void onEvent(const QString& event, const Json& params);
    void showAsked(const Json& window);
    void showSession(const Json& session);
    void showOpened(const Json& opened);
    void showIcon();
    void notify(const QString& title, const QString& text, bool warning);

    void showWizard();
    void showLogin();
    void showImport();
    void offerLogin(const std::function<void(bool)>& done);
    /// Whoever waits for a login is answered when this dialog ends.
    void awaitLogin(QDialog* dialog);
    void answerLoginOffers(bool loggedIn);
    void askAcknowledgement(const app::AcknowledgementRequest& request,
                            const std::function<void(app::Acknowledgement)>& done);
    void askCode(const app::CodeRequest& request, const std::function<void(app::CodeAnswer)>& done);
    void exportKeys(bool forced);
    template <class Dialog, class... More> Dialog* open(More&&... more);
    void showConversion(const QString& operation, const QStringList& pathTexts);
    void openFile(const QString& pathText);
    void quit();
    void askHowToQuit(const Json& opened);
    void callAndTell(const char* method, const Json& params, const QString& failure);

    Backend& backend_;
    QString version_;
    std::unique_ptr<TrayMenu> menu_;
    std::unique_ptr<QSystemTrayIcon> icon_;
    std::unique_ptr<MenuWindow> window_;
    std::unique_ptr<ManagedFilesWindow> managedFiles_;
    std::unique_ptr<ConversionWindow> conversion_;
    std::unique_ptr<OpenFilesWindow> openFiles_;
    QPointer<QDialog> loginWindow_; ///< login, wizard or keys import: one at a time
    QPointer<QDialog> exportWindow_;
    std::vector<std::function<void(bool)>> loginOffers_;
    bool loggedIn_ = false;
    bool hasAccount_ = true;
    int openCount_ = 0;
};

} // namespace ssprotect::tray
