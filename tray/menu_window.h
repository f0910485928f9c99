#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QVBoxLayout;

namespace ssprotect::tray {

/// The menu as a small window, for desktops that have no system tray.
class MenuWindow final : public QWidget {
    Q_OBJECT

public:
    explicit MenuWindow(QMenu& menu);
    /// What a notification would have said.
    void showMessage(const QString& title, const QString& text);

signals:
    void quitAsked();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void rebuild();
    QMenu& menu_;
    QVBoxLayout* buttons_;
    QLabel* message_;
    bool rebuilding_ = false;
};

} // namespace ssprotect::tray
