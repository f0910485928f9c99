#pragma once

#include "ssprotect/app/client.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace ssprotect::tray {

/// "The code that your token shows, please." Gives none on Escape, on closing and when time runs out; Enter gives what
/// is typed once it has as many digits as the token shows.
class CodePrompt final : public QDialog {
    Q_OBJECT

public:
    CodePrompt(const app::CodeRequest& request, std::function<void(app::CodeAnswer)> answer, QWidget* parent = nullptr);
    /// Gives none when nothing was given.
    ~CodePrompt() override;

    /// A second has passed.
    void tick();
    int secondsLeft() const { return secondsLeft_; }

private:
    void finish(app::Acknowledgement given);
    void showTime();
    void showWhetherComplete();

    std::function<void(app::CodeAnswer)> answer_;
    const int digits_;
    int secondsLeft_;
    QLineEdit* code_;
    QPushButton* give_;
    QLabel* time_;
    QProgressBar* bar_;
    QTimer timer_;
};

} // namespace ssprotect::tray
