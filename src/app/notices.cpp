#include "notices.h"

#include "ssprotect/ipc/path_text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

Json closedNotice(const managed::Closed& closed) {
    if (closed.conflict)
        return conflictNotice(closed.path, *closed.conflict);
    Json notice{{"kind", "protected"}, {"path", ipc::pathToText(closed.path)}, {"version", closed.version}};
    if (closed.result == managed::Closed::Result::unchanged)
        notice["kind"] = "unchanged";
    return notice;
}

Json pendingNotice(const managed::OpenedDocument& document) {
    Json notice{{"kind", "pending"}, {"path", ipc::pathToText(document.path)}};
    if (document.problem)
        notice["message"] = document.problem->message;
    return notice;
}

Json conflictNotice(const platform::Path& path, const platform::Path& copy) {
    return {{"kind", "conflict"}, {"path", ipc::pathToText(path)}, {"copy", ipc::pathToText(copy)}};
}

Json storedLateNotice(const platform::Path& path) { return {{"kind", "stored-late"}, {"path", ipc::pathToText(path)}}; }

Json staleBackupNotice() { return {{"kind", "backup-old"}}; }

Json overlaysMissingNotice() { return {{"kind", "overlays-missing"}}; }

Json sessionExpiredNotice() { return {{"kind", "session-expired"}}; }

Json openFailedNotice(const std::string& pathText, const Error& error) {
    return {{"kind", "open-failed"}, {"path", pathText}, {"message", error.message}};
}

Json conversionFailedNotice(const std::string& operation, const Error& error) {
    return {{"kind", "conversion-failed"}, {"operation", operation}, {"message", error.message}};
}

Json convertedNotice(const std::string& operation, const Json& totals, const Json& firstFailure) {
    Json notice{
        {"kind", "converted"}, {"operation", operation}, {"ok", totals.at("ok")}, {"failed", totals.at("failed")}};
    if (!firstFailure.is_null()) {
        notice["path"] = firstFailure.at("path");
        notice["message"] = firstFailure.at("error").at("message");
    }
    return notice;
}

} // namespace ssprotect::app
