#pragma once

#include "backend.h"

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace ssprotect::tray {

class ErrorLabel;
class HostListModel;
class VersionListModel;

/// *Managed Files/Restore*: the Hostlist above, the Versionlist of the chosen file below.
class ManagedFilesWindow final : public QWidget {
    Q_OBJECT

public:
    explicit ManagedFilesWindow(Backend& backend, QWidget* parent = nullptr);

    void refresh();
    /// Refreshes and shows the Versionlist of that file, which need not be in the Hostlist.
    void showVersionsOf(const QString& pathText);

signals:
    /// Bulk Conversion with these paths.
    void conversionAsked(const QString& operation, const QStringList& pathTexts);
    void openAsked(const QString& pathText);

private:
    QWidget* makeBar();
    QWidget* makeHostlist();
    QWidget* makeVersionlist();
    void loadHostlist(int offset, int generation);
    void loadVersions(const QString& fileId, int before, int generation);
    void showChainOf(const QString& target, const QString& pathText);
    void hostSelectionChanged();
    void showCount();
    void selectAgain();
    QStringList selectedPaths() const;

    Backend& backend_;
    HostListModel* hosts_;
    QSortFilterProxyModel* sortedHosts_;
    QTableView* hostTable_ = nullptr;
    VersionListModel* versions_;
    QSortFilterProxyModel* sortedVersions_;
    QTableView* versionTable_ = nullptr;
    QLabel* versionCaption_ = nullptr;
    QCheckBox* exclusive_ = nullptr;
    QLineEdit* search_ = nullptr;
    QPushButton* open_ = nullptr;
    QPushButton* release_ = nullptr;
    ErrorLabel* error_;
    QLabel* count_ = nullptr;
    int hostGeneration_ = 0;
    int versionGeneration_ = 0;
    QString shownChain_;
    QStringList selectedBefore_; ///< by a refresh
    QString askedPath_; ///< its versions are shown once the Hostlist is there
};

} // namespace ssprotect::tray
