#pragma once

#include "backend.h"

#include <functional>

#include <QDialog>

class QFormLayout;
class QPushButton;
class QVBoxLayout;

namespace ssprotect::tray {

class ErrorLabel;
class SecretField;

/// A dialog of a few fields and one call: while it runs the fields rest, its refusal is shown in place,
/// its success closes the dialog.
class FormDialog : public QDialog {
    Q_OBJECT

public:
    FormDialog(Backend& backend, const QString& title, const QString& submitText, QWidget* parent);

    /// Programmatic press of the submit button; tests use it too.
    void submitNow();

protected:
    void explain(const QString& text);
    /// A row with a buddy label and an accessible name.
    void addField(const QString& label, QWidget* field);
    /// "Show password" for these fields.
    void addReveal(const QString& label, const QList<SecretField*>& fields);
    void addNote(QWidget* widget);
    void refuse(const QString& message, QWidget* focus);
    void run(const char* method, const Json& params, Backend::Secrets secrets,
             std::function<void(const Json&)> succeeded);
    Backend& backend() { return backend_; }

    virtual void submit() = 0;

private:
    void setBusy(bool busy);

    Backend& backend_;
    QVBoxLayout* column_;
    QWidget* fields_;
    QFormLayout* form_;
    ErrorLabel* error_;
    QPushButton* submit_;
};

} // namespace ssprotect::tray
