#include "version_list_model.h"

#include "json_text.h"

#include <QLocale>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {

void VersionListModel::clear() {
    beginResetModel();
    rows_.clear();
    endResetModel();
}

void VersionListModel::append(const Json& rows) {
    if (!rows.is_array() || rows.empty())
        return;
    const int first = static_cast<int>(rows_.size());
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    for (const auto& json : rows)
        rows_.push_back({static_cast<int>(numberOf(json, "version")), timeOf(json, "created"), textOf(json, "creator"),
                         shownPathOf(textOf(json, "name")), numberOf(json, "size"), flagOf(json, "restorable"),
                         textOf(json, "reason")});
    endInsertRows();
}

int VersionListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int VersionListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columnCount_; }

QVariant VersionListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return shown(row, column);
    case kSortRole:
        if (column == version)
            return row.version;
        if (column == created)
            return row.created;
        return column == size ? QVariant(row.size) : shown(row, column);
    case Qt::ToolTipRole:
        return row.restorable ? QVariant() : QVariant(row.reason);
    case Qt::AccessibleTextRole:
        if (column != restorable)
            return {};
        return row.restorable ? tr("restorable") : tr("not restorable");
    case Qt::TextAlignmentRole:
        return column == version || column == size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant VersionListModel::shown(const Row& row, int column) const {
    switch (column) {
    case restorable:
        return row.restorable ? tr("Y", "column A: restorable") : QString();
    case version:
        return QString("v%1").arg(row.version);
    case created:
        return QLocale().toString(row.created, QLocale::ShortFormat);
    case creator:
        return row.creator;
    case name:
        return row.name;
    case size:
        return sizeText(row.size);
    default:
        return {};
    }
}

QVariant VersionListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == restorable)
        return tr("Archived: Y when this version may be restored");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case restorable:
        return tr("A", "column heading: archived");
    case version:
        return tr("Version");
    case created:
        return tr("Stored");
    case creator:
        return tr("Creator");
    case name:
        return tr("Name");
    case size:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace ssprotect::tray
