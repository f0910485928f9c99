#pragma once

#include "backend.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace ssprotect::tray {

class ErrorLabel;

/// *Open files*: what is in managed access now, with 'Finish now'.
class OpenFilesWindow final : public QWidget {
    Q_OBJECT

public:
    explicit OpenFilesWindow(Backend& backend, QWidget* parent = nullptr);

    /// The answer of `opened`.
    void show(const Json& opened);
    using QWidget::show;

private:
    void finishSelected();
    void updateButton();

    Backend& backend_;
    QTreeWidget* list_;
    QLabel* none_;
    QPushButton* finish_;
    ErrorLabel* error_;
};

} // namespace ssprotect::tray
