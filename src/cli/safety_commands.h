#pragma once

#include "context.h"
#include "server_options.h"

#include <optional>
#include <string>

namespace ssprotect::cli {

Outcome exportKeys(Context& context, const std::string& file);
Outcome importKeys(Context& context, const std::string& file, const std::string& email, const ServerOptions& server);

Outcome backUp(Context& context, const std::string& file);
/// The folder that gets a backup after every session; nothing: no automatic backup.
Outcome setBackupFolder(Context& context, const std::optional<std::string>& folder);
Outcome restoreBackup(Context& context, const std::string& file, const std::string& keys);

/// Exit 1 while something is wrong that was not repaired.
Outcome examine(Context& context, bool repair);
/// Ends the tray process; documents that are open are waited for, or with `protect` protected now.
Outcome quit(Context& context, bool protect);

} // namespace ssprotect::cli
