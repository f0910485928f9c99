#pragma once

#include "ssprotect/container/container.h"

namespace ssprotect::container {

/// Tells whoever waits; `cancelled` when they say so.
inline Status report(const Effort& effort, std::uint64_t bytes) {
    if (!effort.progress || effort.progress(bytes))
        return {};
    return makeError(ErrorCode::cancelled, "the work on the file was cancelled");
}

} // namespace ssprotect::container
