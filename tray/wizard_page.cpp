#include "wizard_page.h"

#include "error_label.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <QWizard>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {

CallingPage::CallingPage(Backend& backend, const QString& title, const QString& explanation, QWidget* parent)
    : QWizardPage(parent), backend_(backend), form_(new QFormLayout), error_(new ErrorLabel(this)) {
    setTitle(title);
    auto* text = new QLabel(explanation, this);
    text->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(text);
    column->addSpacing(8);
    column->addLayout(form_);
    column->addWidget(error_);
    column->addStretch(1);
}

void CallingPage::addField(const QString& label, QWidget* field) {
    auto* caption = new QLabel(label, this);
    caption->setBuddy(field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(QString(label).remove('&').remove(':'));
    form_->addRow(caption, field);
}

void CallingPage::addNote(QWidget* widget) { form_->addRow(QString(), widget); }

bool CallingPage::validatePage() {
    if (std::exchange(done_, false))
        return true;
    error_->clearMessage();
    return !busy_ && submit();
}

bool CallingPage::refuse(const QString& message, QWidget* focus) {
    error_->show(message);
    focus->setFocus();
    return false;
}

bool CallingPage::callAndGoOn(const char* method, const Json& params, Backend::Secrets secrets) {
    busy_ = true;
    setEnabled(false);
    wizard()->setCursor(Qt::BusyCursor);
    emit completeChanged();
    backend_.call(this, method, params, std::move(secrets), [this](const Result<Json>& result) {
        busy_ = false;
        setEnabled(true);
        wizard()->unsetCursor();
        emit completeChanged();
        if (!result)
            return error_->show(result.error());
        done_ = true;
        wizard()->next();
    });
    return false;
}

} // namespace ssprotect::tray
