#pragma once

#include "context.h"

#include <string>
#include <vector>

namespace ssprotect::cli {

struct OpenOptions {
    std::string path;
    bool wait = true;
    std::vector<std::string> program; ///< with its arguments; empty: the associated one
};

/// Managed access: until the document is protected again, or with `wait` off until its program runs.
Outcome openDocument(Context& context, const OpenOptions& options);
/// Protects an open document now.
Outcome finishDocument(Context& context, const std::string& path);
/// The documents that are open.
Outcome listOpened(Context& context);

} // namespace ssprotect::cli
