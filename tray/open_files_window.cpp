#include "open_files_window.h"

#include "error_label.h"
#include "icons.h"
#include "json_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {
namespace {

constexpr int kPathRole = Qt::UserRole;

QString stateText(const QString& state) {
    if (state == "opening")
        return OpenFilesWindow::tr("being opened");
    if (state == "open")
        return OpenFilesWindow::tr("open");
    if (state == "handed-over")
        return OpenFilesWindow::tr("open; say when it is closed");
    return wordText(state);
}

} // namespace

OpenFilesWindow::OpenFilesWindow(Backend& backend, QWidget* parent)
    : QWidget(parent, Qt::Window), backend_(backend), list_(new QTreeWidget(this)),
      none_(new QLabel(tr("No protected file is open."), this)), finish_(new QPushButton(tr("&Finish Now"), this)),
      error_(new ErrorLabel(this)) {
    setWindowTitle(tr("Open Files — SSProtect"));
    setWindowIcon(shieldIcon(Shield::loggedIn));
    auto* explanation = new QLabel(tr("These files are open in their applications and are protected again when they "
                                      "are closed. Finish Now protects a file that is closed already but still shown "
                                      "here."),
                                   this);
    explanation->setWordWrap(true);
    list_->setHeaderLabels({tr("Name"), tr("Folder"), tr("Version"), tr("Program"), tr("Since"), tr("State")});
    list_->setRootIsDecorated(false);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setTextElideMode(Qt::ElideMiddle);
    list_->setAccessibleName(tr("Open files"));
    const int character = fontMetrics().averageCharWidth();
    int column = 0;
    for (const int width : {30, 34, 9, 16, 18})
        list_->setColumnWidth(column++, character * width);
    none_->setVisible(false);

    auto* close = new QPushButton(tr("&Close"), this);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(finish_);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(explanation);
    rows->addWidget(list_, 1);
    rows->addWidget(none_);
    rows->addWidget(error_);
    rows->addLayout(buttons);
    resize(character * 130, fontMetrics().height() * 18);

    connect(finish_, &QPushButton::clicked, this, &OpenFilesWindow::finishSelected);
    connect(close, &QPushButton::clicked, this, &QWidget::close);
    connect(list_, &QTreeWidget::itemSelectionChanged, this, &OpenFilesWindow::updateButton);
    auto* escape = new QShortcut(QKeySequence::Cancel, this);
    connect(escape, &QShortcut::activated, this, &QWidget::close);
    updateButton();
}

void OpenFilesWindow::show(const Json& opened) {
    QStringList selected;
    for (const auto* item : list_->selectedItems())
        selected << item->data(0, kPathRole).toString();
    list_->clear();
    for (const auto& row : listOf(opened, "opened")) {
        const auto path = textOf(row, "path");
        auto* item = new QTreeWidgetItem(list_);
        item->setText(0, fileNameOf(path));
        item->setText(1, folderOf(path));
        item->setText(2, QString("v%1").arg(numberOf(row, "version")));
        item->setText(3, textOf(row, "program"));
        item->setText(4, QLocale().toString(timeOf(row, "since"), QLocale::ShortFormat));
        item->setText(5, stateText(textOf(row, "state")));
        item->setToolTip(0, shownPathOf(path));
        item->setData(0, kPathRole, path);
        item->setSelected(selected.contains(path));
    }
    none_->setVisible(list_->topLevelItemCount() == 0);
    updateButton();
}

void OpenFilesWindow::finishSelected() {
    error_->clearMessage();
    for (const auto* item : list_->selectedItems()) {
        const Json params{{"path", item->data(0, kPathRole).toString().toStdString()}};
        backend_.call(this, "finish", params, [this](const Result<Json>& result) {
            if (!result)
                error_->show(result.error());
        });
    }
}

void OpenFilesWindow::updateButton() { finish_->setEnabled(!list_->selectedItems().isEmpty()); }

} // namespace ssprotect::tray
