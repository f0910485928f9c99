#include "form_dialog.h"

#include "error_label.h"
#include "secret_field.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {

FormDialog::FormDialog(Backend& backend, const QString& title, const QString& submitText, QWidget* parent)
    : QDialog(parent), backend_(backend), column_(new QVBoxLayout(this)), fields_(new QWidget(this)),
      form_(new QFormLayout(fields_)), error_(new ErrorLabel(this)) {
    setWindowTitle(title);
    form_->setContentsMargins(0, 0, 0, 0);
    form_->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form_->setRowWrapPolicy(QFormLayout::DontWrapRows);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    submit_ = buttons->addButton(submitText, QDialogButtonBox::AcceptRole);
    submit_->setObjectName("submit");
    submit_->setDefault(true);
    column_->addWidget(fields_);
    column_->addWidget(error_);
    column_->addStretch(1);
    column_->addWidget(buttons);
    column_->setSizeConstraint(QLayout::SetMinimumSize);
    connect(buttons, &QDialogButtonBox::accepted, this, &FormDialog::submitNow);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void FormDialog::submitNow() {
    error_->clearMessage();
    submit();
}

void FormDialog::explain(const QString& text) {
    auto* label = new QLabel(text, this);
    label->setWordWrap(true);
    label->setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    column_->insertWidget(0, label);
}

void FormDialog::addField(const QString& label, QWidget* field) {
    auto* caption = new QLabel(label, fields_);
    caption->setBuddy(field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(QString(label).remove('&').remove(':'));
    form_->addRow(caption, field);
}

void FormDialog::addReveal(const QString& label, const QList<SecretField*>& fields) {
    auto* box = new QCheckBox(label, fields_);
    form_->addRow(QString(), box);
    for (auto* field : fields)
        connect(box, &QCheckBox::toggled, field, &SecretField::setShown);
}

void FormDialog::addNote(QWidget* widget) { form_->addRow(QString(), widget); }

void FormDialog::refuse(const QString& message, QWidget* focus) {
    error_->show(message);
    if (focus != nullptr)
        focus->setFocus();
}

void FormDialog::run(const char* method, const Json& params, Backend::Secrets secrets,
                     std::function<void(const Json&)> succeeded) {
    setBusy(true);
    backend_.call(this, method, params, std::move(secrets),
                  [this, succeeded = std::move(succeeded)](const Result<Json>& result) {
                      setBusy(false);
                      if (!result)
                          return error_->show(result.error());
                      succeeded(*result);
                  });
}

void FormDialog::setBusy(bool busy) {
    fields_->setEnabled(!busy);
    submit_->setEnabled(!busy);
    if (busy)
        setCursor(Qt::BusyCursor);
    else
        unsetCursor();
}

} // namespace ssprotect::tray
