#include "login_dialog.h"

#include "json_text.h"
#include "secret_field.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {

LoginDialog::LoginDialog(Backend& backend, QWidget* parent)
    : FormDialog(backend, tr("Log in to SSProtect"), tr("&Log In"), parent), who_(new QComboBox(this)),
      password_(new SecretField(this)) {
    who_->setEditable(true);
    who_->setInsertPolicy(QComboBox::NoInsert);
    who_->setObjectName("who");
    password_->setObjectName("password");
    addField(tr("Profile or &e-mail:"), who_);
    addField(tr("&Password:"), password_);
    addReveal(tr("&Show password"), {password_});
    auto* lost =
        new QLabel(QString("<a href=\"import\">%1</a>").arg(tr("Password lost? Use the exported keys…")), this);
    lost->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
    addNote(lost);
    connect(lost, &QLabel::linkActivated, this, [this] {
        reject();
        emit keysImportAsked();
    });
    loadProfiles();
}

void LoginDialog::loadProfiles() {
    backend().call(this, "profile.list", Json::object(), [this](const Result<Json>& result) {
        if (!result)
            return;
        const auto typed = who_->currentText();
        for (const auto& profile : listOf(*result, "profiles")) {
            who_->addItem(textOf(profile, "name"));
            if (flagOf(profile, "current"))
                who_->setCurrentIndex(who_->count() - 1);
        }
        if (!typed.isEmpty())
            who_->setEditText(typed);
        if (!who_->currentText().isEmpty())
            password_->setFocus();
    });
}

void LoginDialog::submit() {
    const auto who = who_->currentText().trimmed();
    if (who.isEmpty())
        return refuse(tr("Say who logs in: a profile's name or an e-mail address."), who_);
    if (password_->text().isEmpty())
        return refuse(tr("Enter the password."), password_);
    const bool isProfile = who_->findText(who, Qt::MatchFixedString) >= 0;
    const Json params{{isProfile ? "profile" : "email", who.toStdString()}};
    Backend::Secrets secrets;
    secrets.push_back(password_->take());
    password_->setFocus();
    run("login", params, std::move(secrets), [this](const Json&) { accept(); });
}

} // namespace ssprotect::tray
