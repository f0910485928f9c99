#pragma once

#include "backend.h"

#include <QWizardPage>

class QFormLayout;
class QVBoxLayout;

namespace ssprotect::tray {

class ErrorLabel;

/// A page whose Next makes a call: it goes on when that succeeded and shows a refusal in place.
class CallingPage : public QWizardPage {
    Q_OBJECT

public:
    CallingPage(Backend& backend, const QString& title, const QString& explanation, QWidget* parent);

    bool validatePage() override;
    bool isComplete() const override { return !busy_; }

protected:
    void addField(const QString& label, QWidget* field);
    void addNote(QWidget* widget);
    /// Shows why Next does not go on.
    bool refuse(const QString& message, QWidget* focus);
    /// False; goes to the next page by itself once the call succeeded.
    bool callAndGoOn(const char* method, const Json& params, Backend::Secrets secrets);

    /// Checks the fields and ends with `callAndGoOn`, or true when there is nothing to do.
    virtual bool submit() = 0;

private:
    Backend& backend_;
    QFormLayout* form_;
    ErrorLabel* error_;
    bool busy_ = false;
    bool done_ = false;
};

} // namespace ssprotect::tray
