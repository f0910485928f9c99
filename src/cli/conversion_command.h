#pragma once

#include "context.h"

#include <string>
#include <vector>

namespace ssprotect::cli {

struct ConversionOptions {
    bool release = false; ///< else Activate
    std::vector<std::string> paths;
    bool recursive = false;
    bool dryRun = false;
    bool takeOwnership = false;
    bool overrideIntegrity = false;
};

/// Activate or Release as one job of the tray process: progress, the reason of each failure, a summary. Ctrl-C
/// cancels the job so that every file stays whole; a second one leaves at once.
Outcome convert(Context& context, const ConversionOptions& options);

} // namespace ssprotect::cli
