#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/managed/opened_document.h"

namespace ssprotect::app {

/// The params of `notice`: {kind, path?, version?, message?}; the tray words it in the user's language.
Json closedNotice(const managed::Closed& closed);
Json pendingNotice(const managed::OpenedDocument& document);
Json conflictNotice(const platform::Path& path, const platform::Path& copy);
Json storedLateNotice(const platform::Path& path);
Json staleBackupNotice();
Json sessionExpiredNotice();

} // namespace ssprotect::app
