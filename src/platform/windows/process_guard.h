#pragma once

#include "access_list.h"

namespace ssprotect::platform {

/// What the user's other processes may do with ours: see that it runs and which program it is, wait for it, end it.
/// Reading its memory, threads or handles is not among it.
inline constexpr DWORD kRightsOfOthers =
    PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_TERMINATE | SYNCHRONIZE | READ_CONTROL;

/// The access list of a process that holds secrets. Null: the system refused.
Descriptor processDescriptor();

} // namespace ssprotect::platform
