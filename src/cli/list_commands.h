#pragma once

#include "context.h"

#include <cstdint>
#include <string>

namespace ssprotect::cli {

/// The managed files of this host; `exclusive`: only the newest of each chain.
Outcome showHostlist(Context& context, bool exclusive);
/// The versions of one file, given by path or FileID, newest first.
Outcome showVersions(Context& context, const std::string& target);
/// The newest `limit` rows of the audit trail.
Outcome showAudit(Context& context, std::uint64_t limit);

} // namespace ssprotect::cli
