#pragma once

#include "ssprotect/app/client.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ssprotect::tray {

/// "May this happen to these files?" Denies by default: on Enter, Escape, closing and when time runs out.
class AcknowledgePrompt final : public QDialog {
    Q_OBJECT

public:
    AcknowledgePrompt(const app::AcknowledgementRequest& request, std::function<void(app::Acknowledgement)> answer,
                      QWidget* parent = nullptr);
    /// Denies when nothing was chosen.
    ~AcknowledgePrompt() override;

    /// A second has passed.
    void tick();
    int secondsLeft() const { return secondsLeft_; }

private:
    void finish(app::Acknowledgement given);
    void showTime();

    std::function<void(app::Acknowledgement)> answer_;
    int secondsLeft_;
    QLabel* time_;
    QProgressBar* bar_;
    QTimer timer_;
};

} // namespace ssprotect::tray
