#pragma once

#include "kodiac_access.h"

#include <string>

namespace ssprotect::kodiacd {

/// `backup`: one new tar file (0600) with a consistent copy of the database, whatever engine keeps it, and with the
/// files of the data folder. Daemons go on serving. Whoever has it has this KODiAC.
Status makeBackup(const Environment& environment, const CommonOptions& options, const std::string& file);

} // namespace ssprotect::kodiacd
