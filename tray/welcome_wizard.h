#pragma once

#include "backend.h"

#include <QWizard>

namespace ssprotect::tray {

/// First run: makes the account, leads through the export of its keys, which the first session demands
/// (REC-7), and offers the automatic backup (REC-9).
class WelcomeWizard final : public QWizard {
    Q_OBJECT

public:
    enum Page { welcomePage, accountPage, keysPage, backupPage, donePage };

    explicit WelcomeWizard(Backend& backend, QWidget* parent = nullptr);

signals:
    /// The user has exported keys of an account made elsewhere or earlier.
    void keysImportAsked();
};

} // namespace ssprotect::tray
