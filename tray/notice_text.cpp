#include "notice_text.h"

#include "json_text.h"

#include <QCoreApplication>

namespace ssprotect::tray {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("notices", text); }

} // namespace

NoticeText noticeText(const Json& notice) {
    const auto kind = textOf(notice, "kind");
    const auto name = fileNameOf(textOf(notice, "path"));
    if (kind == "protected")
        return {tr("Protected again"), tr("%1 is protected as v%2.").arg(name).arg(numberOf(notice, "version"))};
    if (kind == "unchanged")
        return {tr("Closed"), tr("%1 did not change and stays protected.").arg(name)};
    if (kind == "conflict")
        return {tr("Two versions kept"),
                tr("%1 changed on disk while it was open. What you saved is in %2.")
                    .arg(name, fileNameOf(textOf(notice, "copy"))),
                true};
    if (kind == "pending")
        return {tr("Not stored yet"),
                tr("%1 is sealed on this disk and will be stored as soon as that is possible. %2")
                    .arg(name, textOf(notice, "message")),
                true};
    if (kind == "stored-late")
        return {tr("Stored now"), tr("%1 was waiting to be stored and is now.").arg(name)};
    if (kind == "session-expired")
        return {tr("Login session ended"),
                tr("Log in again to go on. Open files are still protected when they close.")};
    if (kind == "backup-old")
        return {
            tr("Backup is due"),
            tr("There is no backup of the last 7 days. Without one a lost disk loses protected files elsewhere too."),
            true};
    return {};
}

} // namespace ssprotect::tray
