#include "host_list_model.h"

#include "icons.h"
#include "json_text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::tray {

void HostListModel::clear() {
    beginResetModel();
    rows_.clear();
    endResetModel();
}

void HostListModel::append(const Json& rows) {
    if (!rows.is_array() || rows.empty())
        return;
    const int first = static_cast<int>(rows_.size());
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    for (const auto& json : rows) {
        Row row;
        row.pathText = textOf(json, "path");
        row.name = fileNameOf(row.pathText);
        row.folder = folderOf(row.pathText);
        row.fileId = textOf(json, "file_id");
        row.version = static_cast<int>(numberOf(json, "version"));
        row.state = textOf(json, "state");
        row.ownership = textOf(json, "ownership");
        row.mode = textOf(json, "mode");
        row.size = numberOf(json, "size");
        rows_.push_back(std::move(row));
    }
    endInsertRows();
}

int HostListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int HostListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columnCount_; }

QVariant HostListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return shown(row, column);
    case kSortRole:
        return sortKey(row, column);
    case Qt::ToolTipRole:
        return shownPathOf(row.pathText);
    case Qt::DecorationRole:
        return column == name ? QVariant(ownershipMark(row.ownership)) : QVariant();
    case Qt::TextAlignmentRole:
        return column == version || column == size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant HostListModel::shown(const Row& row, int column) const {
    switch (column) {
    case name:
        return row.state == "opened" ? tr("%1 (Opened)").arg(row.name) : row.name;
    case folder:
        return row.folder;
    case version:
        return QString("v%1").arg(row.version);
    case state:
        return wordText(row.state);
    case ownership:
        return wordText(row.ownership);
    case mode:
        return wordText(row.mode);
    case size:
        return sizeText(row.size);
    default:
        return {};
    }
}

QVariant HostListModel::sortKey(const Row& row, int column) const {
    switch (column) {
    case version:
        return row.version;
    case size:
        return row.size;
    default:
        return shown(row, column);
    }
}

QVariant HostListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case name:
        return tr("Name");
    case folder:
        return tr("Folder");
    case version:
        return tr("Version");
    case state:
        return tr("State");
    case ownership:
        return tr("Owner");
    case mode:
        return tr("Mode");
    case size:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace ssprotect::tray
