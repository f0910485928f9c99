#pragma once

#include "backend.h"

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QTreeWidget;

namespace ssprotect::tray {

class ErrorLabel;

/// *Bulk Conversion* (PROT-8): choose, count, convert with progress, pause and cancel, and a reason per failure.
class ConversionWindow final : public QWidget {
    Q_OBJECT

public:
    explicit ConversionWindow(Backend& backend, QWidget* parent = nullptr);

    /// Ready to start: "activate" or "release", paths in their travelling form.
    void prepare(const QString& operation, const QStringList& pathTexts);

private:
    QWidget* makeChoice();
    QWidget* makeProgress();
    void addFiles();
    void addFolder();
    void addPath(const QString& pathText);
    void start(bool dryRun);
    void addPaths(std::int64_t job, int first);
    void ended(const Result<Json>& result);
    void onEvent(const QString& event, const Json& params);
    void showItems(const Json& items);
    void showProgress(const Json& progress);
    void control(const char* method);
    void setRunning(bool running);
    Json orderFor(bool dryRun) const;

    Backend& backend_;
    QWidget* choice_;
    QRadioButton* protect_ = nullptr;
    QRadioButton* release_ = nullptr;
    QCheckBox* subfolders_ = nullptr;
    QLineEdit* filter_ = nullptr;
    QListWidget* paths_ = nullptr;
    QPushButton* remove_ = nullptr;
    QPushButton* count_ = nullptr;
    QPushButton* start_ = nullptr;
    QPushButton* pause_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QProgressBar* bar_ = nullptr;
    QLabel* state_ = nullptr;
    QTreeWidget* problems_ = nullptr;
    ErrorLabel* error_;
    std::int64_t job_ = 0; ///< 0: none runs
    bool dryRun_ = false;
    bool paused_ = false;
};

} // namespace ssprotect::tray
