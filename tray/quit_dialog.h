#pragma once

#include <QDialog>
#include <QStringList>

namespace ssprotect::tray {

/// Quit with open files (PROT-5): they are listed, and nothing is lost whichever way it goes.
class QuitDialog final : public QDialog {
    Q_OBJECT

public:
    enum class Choice { stay, wait, protect };

    explicit QuitDialog(const QStringList& openFiles, QWidget* parent = nullptr);

signals:
    void chosen(ssprotect::tray::QuitDialog::Choice choice);

private:
    void choose(Choice choice);
};

} // namespace ssprotect::tray
