#include "managed_files_window.h"

#include "error_label.h"
#include "host_list_model.h"
#include "icons.h"
#include "json_text.h"
#include "version_list_model.h"

#include <algorithm>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {
namespace {

constexpr int kPage = 500;
constexpr int kMostCharacters = 40; ///< of a column; longer text is elided

QTableView* makeTable(QAbstractItemModel* model, const QString& accessibleName, QWidget* parent) {
    auto* table = new QTableView(parent);
    table->setModel(model);
    table->setSortingEnabled(true);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setTabKeyNavigation(false);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTextElideMode(Qt::ElideMiddle);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setHighlightSections(false);
    table->setAccessibleName(accessibleName);
    return table;
}

/// Rows that are looked at to find how wide a column must be: more than a screen holds.
constexpr int kRowsMeasured = 100;

/// One column takes the room that the others, as wide as what they show, leave.
void giveRoomTo(QTableView* table, int roomy) {
    auto* header = table->horizontalHeader();
    header->setResizeContentsPrecision(kRowsMeasured);
    header->setMinimumSectionSize(table->fontMetrics().averageCharWidth() * 5);
    header->setSectionResizeMode(roomy, QHeaderView::Stretch);
}

void fitColumns(QTableView* table) {
    const int most = table->fontMetrics().averageCharWidth() * kMostCharacters;
    for (int column = 0; column < table->model()->columnCount(); ++column) {
        table->resizeColumnToContents(column);
        table->setColumnWidth(column, std::min(table->columnWidth(column), most));
    }
}

} // namespace

ManagedFilesWindow::ManagedFilesWindow(Backend& backend, QWidget* parent)
    : QWidget(parent, Qt::Window), backend_(backend), hosts_(new HostListModel(this)),
      sortedHosts_(new QSortFilterProxyModel(this)), versions_(new VersionListModel(this)),
      sortedVersions_(new QSortFilterProxyModel(this)), error_(new ErrorLabel(this)) {
    setWindowTitle(tr("Managed Files/Restore — SSProtect"));
    setWindowIcon(shieldIcon(Shield::loggedIn));
    sortedHosts_->setSourceModel(hosts_);
    sortedHosts_->setSortRole(HostListModel::kSortRole);
    sortedHosts_->setSortCaseSensitivity(Qt::CaseInsensitive);
    sortedHosts_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    sortedHosts_->setFilterKeyColumn(-1);
    sortedVersions_->setSourceModel(versions_);
    sortedVersions_->setSortRole(VersionListModel::kSortRole);

    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(makeHostlist());
    split->addWidget(makeVersionlist());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);

    auto* column = new QVBoxLayout(this);
    column->addWidget(makeBar());
    column->addWidget(error_);
    column->addWidget(split, 1);
    resize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 36);

    connect(&backend_, &Backend::notified, this, [this](const QString& event) {
        if (isVisible() && (event == "opened.changed" || event == "hostlist.changed" || event == "session.changed"))
            refresh();
    });
    auto* f5 = new QShortcut(QKeySequence::Refresh, this);
    connect(f5, &QShortcut::activated, this, &ManagedFilesWindow::refresh);
    auto* find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, search_, qOverload<>(&QWidget::setFocus));
    auto* escape = new QShortcut(QKeySequence::Cancel, this);
    connect(escape, &QShortcut::activated, this, &QWidget::close);
}

QWidget* ManagedFilesWindow::makeBar() {
    auto* bar = new QWidget(this);
    auto* refreshButton = new QPushButton(tr("Re&fresh"), bar);
    exclusive_ = new QCheckBox(tr("E&xcl vChains"), bar);
    exclusive_->setToolTip(tr("Only the newest file of each version chain"));
    auto* searchLabel = new QLabel(tr("&Search:"), bar);
    search_ = new QLineEdit(bar);
    search_->setObjectName("search");
    search_->setClearButtonEnabled(true);
    search_->setPlaceholderText(tr("Part of a name, folder, state …"));
    searchLabel->setBuddy(search_);
    open_ = new QPushButton(tr("&Open"), bar);
    auto* activate = new QPushButton(tr("&Activate…"), bar);
    release_ = new QPushButton(tr("&Release…"), bar);

    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(refreshButton);
    row->addWidget(exclusive_);
    row->addSpacing(12);
    row->addWidget(searchLabel);
    row->addWidget(search_, 1);
    row->addSpacing(12);
    row->addWidget(open_);
    row->addWidget(activate);
    row->addWidget(release_);

    connect(refreshButton, &QPushButton::clicked, this, &ManagedFilesWindow::refresh);
    connect(exclusive_, &QCheckBox::toggled, this, &ManagedFilesWindow::refresh);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        sortedHosts_->setFilterFixedString(text);
        showCount();
    });
    connect(activate, &QPushButton::clicked, this, [this] { emit conversionAsked("activate", {}); });
    connect(release_, &QPushButton::clicked, this, [this] { emit conversionAsked("release", selectedPaths()); });
    connect(open_, &QPushButton::clicked, this, [this] {
        for (const auto& path : selectedPaths())
            emit openAsked(path);
    });
    open_->setEnabled(false);
    release_->setEnabled(false);
    return bar;
}

QWidget* ManagedFilesWindow::makeHostlist() {
    auto* half = new QWidget(this);
    auto* caption = new QLabel(tr("&Hostlist: protected files on this machine"), half);
    hostTable_ = makeTable(sortedHosts_, tr("Hostlist"), half);
    hostTable_->setObjectName("hostlist");
    caption->setBuddy(hostTable_);
    count_ = new QLabel(half);
    auto* top = new QHBoxLayout;
    top->addWidget(caption, 1);
    top->addWidget(count_);
    auto* column = new QVBoxLayout(half);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(top);
    column->addWidget(hostTable_, 1);
    giveRoomTo(hostTable_, HostListModel::folder);
    // Kept in the order of the application (opened ones first) until a heading is clicked.
    hostTable_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    connect(hostTable_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ManagedFilesWindow::hostSelectionChanged);
    connect(hostTable_, &QTableView::activated, this, [this](const QModelIndex& index) {
        emit openAsked(hosts_->pathTextAt(sortedHosts_->mapToSource(index).row()));
    });
    return half;
}

QWidget* ManagedFilesWindow::makeVersionlist() {
    auto* half = new QWidget(this);
    versionCaption_ = new QLabel(tr("&Versionlist: choose a file above"), half);
    versionTable_ = makeTable(sortedVersions_, tr("Versionlist"), half);
    versionTable_->setObjectName("versionlist");
    versionCaption_->setBuddy(versionTable_);
    auto* column = new QVBoxLayout(half);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(versionCaption_);
    column->addWidget(versionTable_, 1);
    giveRoomTo(versionTable_, VersionListModel::name);
    versionTable_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    return half;
}

void ManagedFilesWindow::refresh() {
    error_->clearMessage();
    if (const auto selected = selectedPaths(); !selected.isEmpty())
        selectedBefore_ = selected;
    loadHostlist(0, ++hostGeneration_);
}

void ManagedFilesWindow::showVersionsOf(const QString& pathText) {
    askedPath_ = pathText;
    refresh();
}

void ManagedFilesWindow::loadHostlist(int offset, int generation) {
    const Json params{{"exclusive", exclusive_->isChecked()}, {"offset", offset}, {"limit", kPage}};
    backend_.call(this, "hostlist", params, [this, offset, generation](const Result<Json>& result) {
        if (generation != hostGeneration_)
            return;
        if (offset == 0) {
            hosts_->clear();
            versions_->clear();
            shownChain_.clear();
        }
        if (!result)
            return error_->show(result.error());
        const auto& rows = listOf(*result, "hostlist");
        hosts_->append(rows);
        if (offset == 0)
            fitColumns(hostTable_);
        if (const auto asked = std::exchange(askedPath_, {}); !asked.isEmpty())
            showChainOf(asked, asked);
        showCount();
        const int next = offset + static_cast<int>(rows.size());
        if (!rows.empty() && next < numberOf(*result, "total"))
            return loadHostlist(next, generation);
        selectAgain();
    });
}

void ManagedFilesWindow::loadVersions(const QString& fileId, int before, int generation) {
    const Json params{{"target", fileId.toStdString()}, {"before", before}, {"limit", kPage}};
    backend_.call(this, "versions", params, [this, fileId, before, generation](const Result<Json>& result) {
        if (generation != versionGeneration_)
            return;
        if (before == 0)
            versions_->clear();
        if (!result)
            return error_->show(result.error());
        const auto& rows = listOf(*result, "versions");
        versions_->append(rows);
        if (before == 0)
            fitColumns(versionTable_);
        if (rows.size() == static_cast<std::size_t>(kPage))
            loadVersions(fileId, versions_->lowestVersion(), generation);
    });
}

void ManagedFilesWindow::hostSelectionChanged() {
    const auto selected = hostTable_->selectionModel()->selectedRows();
    open_->setEnabled(!selected.isEmpty());
    release_->setEnabled(!selected.isEmpty());
    if (selected.isEmpty())
        return;
    const int row = sortedHosts_->mapToSource(selected.first()).row();
    const auto chain = hosts_->fileIdAt(row);
    if (chain == shownChain_)
        return;
    showChainOf(chain, hosts_->pathTextAt(row));
}

/// `target`: FileID, or path.
void ManagedFilesWindow::showChainOf(const QString& target, const QString& pathText) {
    shownChain_ = target;
    versionCaption_->setText(tr("&Versionlist of %1").arg(fileNameOf(pathText).replace('&', QLatin1String("&&"))));
    loadVersions(target, 0, ++versionGeneration_);
}

/// What was selected before a refresh, as far as it is still there.
void ManagedFilesWindow::selectAgain() {
    QItemSelection selection;
    for (int row = 0; row < hosts_->rowCount(); ++row)
        if (selectedBefore_.contains(hosts_->pathTextAt(row))) {
            const auto index = sortedHosts_->mapFromSource(hosts_->index(row, 0));
            selection.select(index, index);
        }
    selectedBefore_.clear();
    if (!selection.isEmpty())
        hostTable_->selectionModel()->select(selection,
                                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ManagedFilesWindow::showCount() {
    const int shown = sortedHosts_->rowCount();
    const int all = hosts_->rowCount();
    count_->setText(all == 1       ? tr("1 file")
                    : shown == all ? tr("%1 files").arg(all)
                                   : tr("%1 of %2 files").arg(shown).arg(all));
}

QStringList ManagedFilesWindow::selectedPaths() const {
    QStringList paths;
    for (const auto& index : hostTable_->selectionModel()->selectedRows())
        paths << hosts_->pathTextAt(sortedHosts_->mapToSource(index).row());
    return paths;
}

} // namespace ssprotect::tray
