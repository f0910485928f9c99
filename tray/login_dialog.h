#pragma once

#include "form_dialog.h"

class QComboBox;

namespace ssprotect::tray {

class SecretField;

/// Profile or e-mail and password. `accepted` means that a session stands.
class LoginDialog final : public FormDialog {
    Q_OBJECT

public:
    LoginDialog(Backend& backend, QWidget* parent = nullptr);

signals:
    /// The password is lost: the exported keys set a new one (REC-7).
    void keysImportAsked();

private:
    void submit() override;
    void loadProfiles();

    QComboBox* who_;
    SecretField* password_;
};

} // namespace ssprotect::tray
