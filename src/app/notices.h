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
Json overlaysMissingNotice();
Json sessionExpiredNotice();
/// Of what was asked for in the file manager.
Json openFailedNotice(const std::string& pathText, const Error& error);
Json conversionFailedNotice(const std::string& operation, const Error& error);
/// `totals` as `convert.run` answers, `firstFailure` an item of `convert.items` or null.
Json convertedNotice(const std::string& operation, const Json& totals, const Json& firstFailure);

} // namespace ssprotect::app
