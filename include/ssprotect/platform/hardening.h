#pragma once

#include "ssprotect/platform/process.h"

namespace ssprotect::platform {

/// For a process that holds secrets, before its second thread starts: no core dumps, no other process of the
/// user reads its memory, new files are for the owner only, a closed pipe or a file size limit is an error
/// and not the end. Returns what programs started later should get back.
UserDefaults hardenProcess();

} // namespace ssprotect::platform
