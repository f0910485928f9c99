#include "conversion_window.h"

#include "error_label.h"
#include "icons.h"
#include "json_text.h"
#include "suggested_path.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {
namespace {

constexpr int kPathRole = Qt::UserRole;
constexpr int kMostProblemsShown = 1000;
constexpr int kPathsPerCall = 500;

QString timeLeftText(std::int64_t seconds) {
    if (seconds < 60)
        return ConversionWindow::tr("%1 s left").arg(seconds);
    return ConversionWindow::tr("%1 min left").arg((seconds + 59) / 60);
}

} // namespace

ConversionWindow::ConversionWindow(Backend& backend, QWidget* parent)
    : QWidget(parent, Qt::Window), backend_(backend), error_(new ErrorLabel(this)) {
    setWindowTitle(tr("Bulk Conversion — SSProtect"));
    setWindowIcon(shieldIcon(Shield::loggedIn));
    choice_ = makeChoice();
    auto* column = new QVBoxLayout(this);
    column->addWidget(choice_, 1);
    column->addWidget(error_);
    column->addWidget(makeProgress());
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 32);
    connect(&backend_, &Backend::notified, this, &ConversionWindow::onEvent);
    setRunning(false);
}

QWidget* ConversionWindow::makeChoice() {
    auto* box = new QWidget(this);
    protect_ = new QRadioButton(tr("&Protect (Activate)"), box);
    release_ = new QRadioButton(tr("&Release (take the protection off)"), box);
    protect_->setChecked(true);
    subfolders_ = new QCheckBox(tr("With s&ubfolders"), box);
    subfolders_->setChecked(true);
    auto* filterLabel = new QLabel(tr("Only &names like:"), box);
    filter_ = new QLineEdit(box);
    filter_->setPlaceholderText(tr("*.docx; *.xlsx — empty: all"));
    filterLabel->setBuddy(filter_);
    auto* pathsLabel = new QLabel(tr("F&iles and folders:"), box);
    paths_ = new QListWidget(box);
    paths_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    paths_->setTextElideMode(Qt::ElideMiddle);
    paths_->setAccessibleName(tr("Files and folders"));
    pathsLabel->setBuddy(paths_);
    auto* files = new QPushButton(tr("Add &Files…"), box);
    auto* folder = new QPushButton(tr("Add F&older…"), box);
    remove_ = new QPushButton(tr("Re&move"), box);

    auto* buttons = new QVBoxLayout;
    buttons->addWidget(files);
    buttons->addWidget(folder);
    buttons->addWidget(remove_);
    buttons->addStretch(1);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(protect_, 0, 0, 1, 2);
    grid->addWidget(release_, 1, 0, 1, 2);
    grid->addWidget(pathsLabel, 2, 0, 1, 2);
    grid->addWidget(paths_, 3, 0, 1, 2);
    grid->addLayout(buttons, 3, 2);
    grid->addWidget(subfolders_, 4, 0, 1, 2);
    grid->addWidget(filterLabel, 5, 0);
    grid->addWidget(filter_, 5, 1);
    grid->setColumnStretch(1, 1);
    connect(files, &QPushButton::clicked, this, &ConversionWindow::addFiles);
    connect(folder, &QPushButton::clicked, this, &ConversionWindow::addFolder);
    connect(remove_, &QPushButton::clicked, this, [this] {
        qDeleteAll(paths_->selectedItems());
        setRunning(false);
    });
    return box;
}

QWidget* ConversionWindow::makeProgress() {
    auto* box = new QWidget(this);
    bar_ = new QProgressBar(box);
    bar_->setRange(0, 1);
    bar_->setValue(0);
    bar_->setAccessibleName(tr("Progress"));
    state_ = new QLabel(box);
    state_->setObjectName("state");
    state_->setWordWrap(true);
    problems_ = new QTreeWidget(box);
    problems_->setHeaderLabels({tr("Not converted"), tr("Why")});
    problems_->setRootIsDecorated(false);
    problems_->setTextElideMode(Qt::ElideMiddle);
    problems_->setColumnWidth(0, fontMetrics().averageCharWidth() * 44);
    problems_->hide();
    problems_->setAccessibleName(tr("Files that were not converted, and why"));
    count_ = new QPushButton(tr("&Count"), box);
    count_->setToolTip(tr("Says how many files would be converted; changes nothing"));
    start_ = new QPushButton(tr("&Start"), box);
    start_->setObjectName("start");
    pause_ = new QPushButton(tr("P&ause"), box);
    cancel_ = new QPushButton(tr("Cance&l"), box);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(count_);
    buttons->addStretch(1);
    buttons->addWidget(start_);
    buttons->addWidget(pause_);
    buttons->addWidget(cancel_);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(bar_);
    column->addWidget(state_);
    column->addWidget(problems_, 1);
    column->addLayout(buttons);
    connect(count_, &QPushButton::clicked, this, [this] { start(true); });
    connect(start_, &QPushButton::clicked, this, [this] { start(false); });
    connect(pause_, &QPushButton::clicked, this, [this] {
        paused_ = !paused_;
        control(paused_ ? "convert.pause" : "convert.resume");
        setRunning(true);
    });
    connect(cancel_, &QPushButton::clicked, this, [this] { control("convert.cancel"); });
    return box;
}

void ConversionWindow::prepare(const QString& operation, const QStringList& pathTexts) {
    if (job_ != 0)
        return;
    paths_->clear();
    problems_->clear();
    problems_->hide();
    state_->clear();
    bar_->setValue(0);
    error_->clearMessage();
    (operation == "release" ? release_ : protect_)->setChecked(true);
    for (const auto& path : pathTexts)
        addPath(path);
    setRunning(false);
}

void ConversionWindow::addFiles() {
    for (const auto& file : QFileDialog::getOpenFileNames(this, tr("Choose files"), documentsFolder()))
        addPath(QString::fromStdString(pathTextOf(file)));
    setRunning(false);
}

void ConversionWindow::addFolder() {
    const auto folder = QFileDialog::getExistingDirectory(this, tr("Choose a folder"), documentsFolder());
    if (!folder.isEmpty())
        addPath(QString::fromStdString(pathTextOf(folder)));
    setRunning(false);
}

void ConversionWindow::addPath(const QString& pathText) {
    auto* item = new QListWidgetItem(shownPathOf(pathText), paths_);
    item->setData(kPathRole, pathText);
}

Json ConversionWindow::orderFor(bool dryRun) const {
    Json order{{"operation", release_->isChecked() ? "release" : "activate"},
               {"recursive", subfolders_->isChecked()},
               {"dry_run", dryRun}};
    Json include = Json::array();
    for (const auto& pattern : filter_->text().split(';', Qt::SkipEmptyParts))
        include.push_back(pattern.trimmed().toStdString());
    order["include"] = std::move(include);
    return order;
}

void ConversionWindow::start(bool dryRun) {
    error_->clearMessage();
    problems_->clear();
    problems_->hide();
    dryRun_ = dryRun;
    paused_ = false;
    bar_->setRange(0, 0);
    state_->setText(tr("Counting…"));
    setRunning(true);
    backend_.call(this, "convert.start", orderFor(dryRun), [this](const Result<Json>& result) {
        if (!result)
            return ended(result);
        job_ = numberOf(*result, "job");
        addPaths(job_, 0);
    });
}

/// One call after the other: each waits for the answer of the one before.
void ConversionWindow::addPaths(std::int64_t job, int first) {
    Json paths = Json::array();
    const int end = std::min(first + kPathsPerCall, paths_->count());
    for (int row = first; row < end; ++row)
        paths.push_back(paths_->item(row)->data(kPathRole).toString().toStdString());
    backend_.call(this, "convert.add", Json{{"job", job}, {"paths", std::move(paths)}},
                  [this, job, end](const Result<Json>& result) {
                      if (!result)
                          return ended(result);
                      if (end < paths_->count())
                          return addPaths(job, end);
                      backend_.call(this, "convert.run", Json{{"job", job}},
                                    [this](const Result<Json>& outcome) { ended(outcome); });
                  });
}

void ConversionWindow::ended(const Result<Json>& result) {
    job_ = 0;
    setRunning(false);
    bar_->setRange(0, 1);
    bar_->setValue(result ? 1 : 0);
    if (!result) {
        state_->clear();
        return error_->show(result.error());
    }
    const auto ok = numberOf(*result, "ok");
    const auto failed = numberOf(*result, "failed");
    const auto skipped = numberOf(*result, "skipped");
    QString text =
        dryRun_
            ? tr("%1 files would be converted, %2 are done already, %3 can't be.").arg(ok).arg(skipped).arg(failed)
            : tr("%1 files converted, %2 were done already, %3 were not converted.").arg(ok).arg(skipped).arg(failed);
    if (flagOf(*result, "cancelled"))
        text += ' ' + tr("Cancelled: the other files are as they were.");
    state_->setText(text);
}

void ConversionWindow::onEvent(const QString& event, const Json& params) {
    if (job_ == 0 || numberOf(params, "job") != job_)
        return;
    if (event == "convert.items")
        showItems(listOf(params, "items"));
    else if (event == "convert.progress")
        showProgress(params);
}

void ConversionWindow::showItems(const Json& items) {
    for (const auto& item : items) {
        if (flagOf(item, "ok") || problems_->topLevelItemCount() >= kMostProblemsShown)
            continue;
        const auto path = textOf(item, "path");
        const auto error = item.find("error");
        auto* row = new QTreeWidgetItem(problems_);
        row->setText(0, shownPathOf(path));
        row->setText(1, error == item.end() ? QString() : textOf(*error, "message"));
        row->setToolTip(0, row->text(0));
        row->setToolTip(1, row->text(1));
        problems_->show();
    }
}

void ConversionWindow::showProgress(const Json& progress) {
    const auto total = numberOf(progress, "files_total");
    const auto done = numberOf(progress, "files_done");
    const auto bytesTotal = numberOf(progress, "bytes_total");
    // Big files move the bar too; a thousand parts are more than a screen shows.
    const double part = bytesTotal > 0
                            ? static_cast<double>(numberOf(progress, "bytes_done")) / static_cast<double>(bytesTotal)
                        : total > 0 ? static_cast<double>(done) / static_cast<double>(total)
                                    : 0;
    bar_->setRange(0, 1000);
    bar_->setValue(static_cast<int>(part * 1000));
    state_->setText(
        tr("%1 of %2 files, %3/s, %4")
            .arg(done)
            .arg(total)
            .arg(sizeText(numberOf(progress, "bytes_per_second")), timeLeftText(numberOf(progress, "seconds_left"))));
}

void ConversionWindow::control(const char* method) {
    if (job_ == 0)
        return;
    backend_.call(this, method, Json{{"job", job_}}, [this](const Result<Json>& result) {
        if (!result && job_ != 0)
            error_->show(result.error());
    });
}

void ConversionWindow::setRunning(bool running) {
    const bool any = paths_->count() > 0;
    choice_->setEnabled(!running);
    count_->setEnabled(!running && any);
    start_->setEnabled(!running && any);
    pause_->setEnabled(running);
    cancel_->setEnabled(running);
    pause_->setText(paused_ ? tr("Go &On") : tr("P&ause"));
}

} // namespace ssprotect::tray
