#include "notice_text.h"

#include "json_text.h"

#include <QCoreApplication>

namespace ssprotect::tray {
namespace {

/// Gives the texts below their context in the translations.
struct Notices {
    Q_DECLARE_TR_FUNCTIONS(Notices)
};

} // namespace

NoticeText noticeText(const Json& notice) {
    const auto kind = textOf(notice, "kind");
    const auto name = fileNameOf(textOf(notice, "path"));
    if (kind == "protected")
        return {Notices::tr("Protected again"),
                Notices::tr("%1 is protected as v%2.").arg(name).arg(numberOf(notice, "version"))};
    if (kind == "unchanged")
        return {Notices::tr("Closed"), Notices::tr("%1 did not change and stays protected.").arg(name)};
    if (kind == "conflict")
        return {Notices::tr("Two versions kept"),
                Notices::tr("%1 changed on disk while it was open. What you saved is in %2.")
                    .arg(name, fileNameOf(textOf(notice, "copy"))),
                true};
    if (kind == "pending")
        return {Notices::tr("Not stored yet"),
                Notices::tr("%1 is sealed on this disk and will be stored as soon as that is possible. %2")
                    .arg(name, textOf(notice, "message")),
                true};
    if (kind == "stored-late")
        return {Notices::tr("Stored now"), Notices::tr("%1 was waiting to be stored and is now.").arg(name)};
    if (kind == "session-expired")
        return {Notices::tr("Login session ended"),
                Notices::tr("Log in again to go on. Open files are still protected when they close.")};
    if (kind == "backup-old")
        return {
            Notices::tr("Backup is due"),
            Notices::tr(
                "There is no backup of the last 7 days. Without one a lost disk loses protected files elsewhere too."),
            true};
    return {};
}

} // namespace ssprotect::tray
