#pragma once

#include "form_dialog.h"

class QLineEdit;

namespace ssprotect::tray {

class FilePicker;
class SecretField;

class ChangePasswordDialog final : public FormDialog {
    Q_OBJECT

public:
    ChangePasswordDialog(Backend& backend, QWidget* parent = nullptr);

private:
    void submit() override;
    SecretField* current_;
    SecretField* next_;
    SecretField* repeated_;
};

/// REC-7. `forced`: the first session goes no further without it, and the dialog says why.
class ExportKeysDialog final : public FormDialog {
    Q_OBJECT

public:
    ExportKeysDialog(Backend& backend, bool forced, QWidget* parent = nullptr);

private:
    void submit() override;
    FilePicker* file_;
    SecretField* passphrase_;
    SecretField* repeated_;
};

/// A lost password, or an account on a new machine: the exported keys set a new password and log in.
class ImportKeysDialog final : public FormDialog {
    Q_OBJECT

public:
    ImportKeysDialog(Backend& backend, QWidget* parent = nullptr);

private:
    void submit() override;
    FilePicker* file_;
    QLineEdit* email_;
    SecretField* passphrase_;
    SecretField* next_;
    SecretField* repeated_;
};

/// REC-9: one backup now.
class BackupDialog final : public FormDialog {
    Q_OBJECT

public:
    BackupDialog(Backend& backend, QWidget* parent = nullptr);

private:
    void submit() override;
    FilePicker* file_;
};

/// REC-9: where every ending session leaves a backup; an empty folder turns it off.
class BackupFolderDialog final : public FormDialog {
    Q_OBJECT

public:
    BackupFolderDialog(Backend& backend, QWidget* parent = nullptr);

private:
    void submit() override;
    FilePicker* folder_;
};

} // namespace ssprotect::tray
