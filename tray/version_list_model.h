#pragma once

#include "ssprotect/base/json.h"

#include <vector>

#include <QAbstractTableModel>
#include <QDateTime>
#include <QString>

namespace ssprotect::tray {

/// The Versionlist of one chain as rows of a table (VCH-6); column A says whether a version may be restored.
class VersionListModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { restorable, version, created, creator, name, size, columnCount_ };
    static constexpr int kSortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    /// The `versions` array of one page.
    void append(const Json& rows);
    /// The number of the last row, to ask for the page below it; 0 when empty.
    int lowestVersion() const { return rows_.empty() ? 0 : rows_.back().version; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        int version = 0;
        QDateTime created;
        QString creator;
        QString name;
        qint64 size = 0;
        bool restorable = false;
        QString reason;
    };
    QVariant shown(const Row& row, int column) const;

    std::vector<Row> rows_;
};

} // namespace ssprotect::tray
