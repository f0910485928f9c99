#pragma once

#include <QDir>
#include <QStandardPaths>

namespace ssprotect::tray {

/// Where the user keeps documents: where file dialogs begin.
inline QString documentsFolder() {
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return !folder.isEmpty() && QDir(folder).exists() ? folder : QDir::homePath();
}

/// A file of that name there; only a proposal.
inline QString suggestedPath(const QString& name) { return QDir(documentsFolder()).filePath(name); }

} // namespace ssprotect::tray
