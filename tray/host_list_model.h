#pragma once

#include "ssprotect/base/json.h"

#include <vector>

#include <QAbstractTableModel>
#include <QDateTime>
#include <QString>

namespace ssprotect::tray {

/// The Hostlist as rows of a table (VCH-6).
class HostListModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { name, folder, version, state, ownership, mode, size, columnCount_ };
    /// Role of the value to sort by.
    static constexpr int kSortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    /// The `hostlist` array of one page.
    void append(const Json& rows);

    QString pathTextAt(int row) const { return rows_[static_cast<std::size_t>(row)].pathText; }
    QString fileIdAt(int row) const { return rows_[static_cast<std::size_t>(row)].fileId; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString pathText;
        QString name;
        QString folder;
        QString fileId;
        int version = 0;
        QString state;
        QString ownership;
        QString mode;
        qint64 size = 0;
    };
    QVariant shown(const Row& row, int column) const;
    QVariant sortKey(const Row& row, int column) const;

    std::vector<Row> rows_;
};

} // namespace ssprotect::tray
