#pragma once

#include "context.h"

#include <string>
#include <vector>

namespace ssprotect::cli {

/// The session, and what each path is.
Outcome showStatus(Context& context, const std::vector<std::string>& paths);

} // namespace ssprotect::cli
