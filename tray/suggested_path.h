#pragma once

#include <QDir>
#include <QStandardPaths>

namespace ssprotect::tray {

/// A file of that name where the user keeps documents; only a proposal.
inline QString suggestedPath(const QString& name) {
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(folder.isEmpty() ? QDir::homePath() : folder).filePath(name);
}

} // namespace ssprotect::tray
