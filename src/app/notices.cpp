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

Json sessionExpiredNotice() { return {{"kind", "session-expired"}}; }

} // namespace ssprotect::app
