#include "account_dialogs.h"

#include "file_picker.h"
#include "json_text.h"
#include "secret_field.h"
#include "suggested_path.h"

#include <QDir>
#include <QLineEdit>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {

ChangePasswordDialog::ChangePasswordDialog(Backend& backend, QWidget* parent)
    : FormDialog(backend, tr("Change Password"), tr("&Change"), parent), current_(new SecretField(this)),
      next_(new SecretField(this)), repeated_(new SecretField(this)) {
    addField(tr("&Present password:"), current_);
    addField(tr("&New password:"), next_);
    addField(tr("New password &again:"), repeated_);
    addReveal(tr("&Show passwords"), {current_, next_, repeated_});
}

void ChangePasswordDialog::submit() {
    if (!sameSecrets(*next_, *repeated_))
        return refuse(tr("The new password and its repetition differ."), next_);
    Backend::Secrets secrets;
    secrets.push_back(current_->take());
    secrets.push_back(next_->take());
    repeated_->clear();
    run("account.change_password", Json::object(), std::move(secrets), [this](const Json&) { accept(); });
}

ExportKeysDialog::ExportKeysDialog(Backend& backend, bool forced, QWidget* parent)
    : FormDialog(backend, tr("Export Keys"), tr("&Export"), parent),
      file_(new FilePicker(FilePicker::Kind::newFile, tr("Export keys to"), tr("Exported keys (*.sspkeys)"), this)),
      passphrase_(new SecretField(this)), repeated_(new SecretField(this)) {
    explain(forced ? tr("Before this account can protect anything its keys have to be saved in a file. If the "
                        "password is forgotten or this disk is lost, that file is the only way back to your content: "
                        "nobody else holds a copy. Keep it on another medium, and remember its passphrase.")
                   : tr("The file and its passphrase together open everything this account protects. Keep it on "
                        "another medium than this disk."));
    file_->setPath(suggestedPath("ssprotect-keys.sspkeys"));
    addField(tr("&File:"), file_);
    addField(tr("&Passphrase:"), passphrase_);
    addField(tr("Passphrase &again:"), repeated_);
    addReveal(tr("&Show passphrase"), {passphrase_, repeated_});
}

void ExportKeysDialog::submit() {
    if (file_->path().isEmpty())
        return refuse(tr("Choose a file for the keys."), file_);
    if (!sameSecrets(*passphrase_, *repeated_))
        return refuse(tr("The passphrase and its repetition differ, or are empty."), passphrase_);
    Backend::Secrets secrets;
    secrets.push_back(passphrase_->bytes());
    run("keys.export", Json{{"file", pathTextOf(file_->path())}}, std::move(secrets),
        [this](const Json&) { accept(); });
}

ImportKeysDialog::ImportKeysDialog(Backend& backend, QWidget* parent)
    : FormDialog(backend, tr("Use Exported Keys"), tr("&Import"), parent),
      file_(new FilePicker(FilePicker::Kind::existingFile, tr("Exported keys"),
                           tr("Exported keys (*.sspkeys);;All files (*)"), this)),
      email_(new QLineEdit(this)), passphrase_(new SecretField(this)), next_(new SecretField(this)),
      repeated_(new SecretField(this)) {
    explain(tr("The exported keys prove who you are without the password, and set a new one."));
    addField(tr("&File:"), file_);
    addField(tr("&E-mail:"), email_);
    addField(tr("&Passphrase of the file:"), passphrase_);
    addField(tr("&New password:"), next_);
    addField(tr("New password &again:"), repeated_);
    addReveal(tr("&Show"), {passphrase_, next_, repeated_});
}

void ImportKeysDialog::submit() {
    if (!sameSecrets(*next_, *repeated_))
        return refuse(tr("The new password and its repetition differ, or are empty."), next_);
    Backend::Secrets secrets;
    secrets.push_back(passphrase_->bytes());
    secrets.push_back(next_->bytes());
    const Json params{{"file", pathTextOf(file_->path())}, {"email", email_->text().trimmed().toStdString()}};
    run("keys.import", params, std::move(secrets), [this](const Json&) { accept(); });
}

BackupDialog::BackupDialog(Backend& backend, QWidget* parent)
    : FormDialog(backend, tr("Back Up"), tr("&Back Up"), parent),
      file_(new FilePicker(FilePicker::Kind::newFile, tr("Back up to"), tr("Backups (*.sspbackup)"), this)) {
    explain(tr("The backup holds what protected files need to be opened, sealed so that only your exported keys open "
               "it. Keep it on another medium than this disk."));
    file_->setPath(suggestedPath("ssprotect.sspbackup"));
    addField(tr("&File:"), file_);
}

void BackupDialog::submit() {
    if (file_->path().isEmpty())
        return refuse(tr("Choose a file for the backup."), file_);
    run("backup", Json{{"file", pathTextOf(file_->path())}}, {}, [this](const Json&) { accept(); });
}

BackupFolderDialog::BackupFolderDialog(Backend& backend, QWidget* parent)
    : FormDialog(backend, tr("Automatic Backup"), tr("&Save"), parent),
      folder_(new FilePicker(FilePicker::Kind::folder, tr("Folder for backups"), {}, this)) {
    explain(tr("Each time a session ends a backup is left in this folder, sealed so that only your exported keys open "
               "it. A folder on another disk, or one that is synchronised elsewhere, serves best. Leave it empty for "
               "no automatic backup."));
    addField(tr("&Folder:"), folder_);
}

void BackupFolderDialog::submit() {
    Json folder = nullptr;
    if (!folder_->path().isEmpty())
        folder = pathTextOf(folder_->path());
    run("backup.folder", Json{{"folder", folder}}, {}, [this](const Json&) { accept(); });
}

} // namespace ssprotect::tray
