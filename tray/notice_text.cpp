#include "notice_text.h"

#include "error_label.h"
#include "json_text.h"

#include <QCoreApplication>

namespace ssprotect::tray {
namespace {

/// Gives the texts below their context in the translations.
struct Notices {
    Q_DECLARE_TR_FUNCTIONS(Notices)
};

QString sentence(const Json& notice) {
    return sentenceOf(Error{ErrorCode::internal, textOf(notice, "message").toStdString()});
}

bool isRelease(const Json& notice) { return textOf(notice, "operation") == "release"; }

QString notDone(const Json& notice) {
    return isRelease(notice) ? Notices::tr("Nothing was released") : Notices::tr("Nothing was activated");
}

NoticeText convertedText(const Json& notice) {
    const int done = static_cast<int>(numberOf(notice, "ok"));
    const int failed = static_cast<int>(numberOf(notice, "failed"));
    const auto well = isRelease(notice) ? (done == 1 ? Notices::tr("One file was released")
                                                     : Notices::tr("%n files were released", nullptr, done))
                                        : (done == 1 ? Notices::tr("One file is protected now")
                                                     : Notices::tr("%n files are protected now", nullptr, done));
    if (failed == 0)
        return {Notices::tr("Done"), well + '.'};
    const auto name = fileNameOf(textOf(notice, "path"));
    return {done == 0 ? notDone(notice) : well,
            failed == 1
                ? Notices::tr("%1 failed. %2").arg(name, sentence(notice))
                : Notices::tr("%n files failed, the first one is %1. %2", nullptr, failed).arg(name, sentence(notice)),
            true};
}

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
    if (kind == "overlays-missing")
        return {
            Notices::tr("Icons are not shown"),
            Notices::tr("Explorer shows no SSProtect icons over protected files, because too many programs want theirs "
                        "shown. A file's properties tell whether it is protected."),
            true};
    if (kind == "open-failed")
        return {Notices::tr("%1 was not opened").arg(name), sentence(notice), true};
    if (kind == "conversion-failed")
        return {notDone(notice), sentence(notice), true};
    if (kind == "converted")
        return convertedText(notice);
    return {};
}

} // namespace ssprotect::tray
