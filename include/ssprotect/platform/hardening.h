#pragma once

#include "ssprotect/platform/process.h"

namespace ssprotect::platform {

/// For a process that holds secrets, before its second thread starts: no core dumps, no other process of the
/// user reads its memory, new files are for the owner only, a closed pipe or a file size limit is an error
/// and not the end. Returns what programs started later should get back.
UserDefaults hardenProcess();

/// Keeps all memory of the process, also what it gets later, out of the swap space. False where the system sets a
/// limit to that: reaching it later would be an end in mid-work. Keys are locked on their own (crypto::SecretBytes).
bool lockMemory();

} // namespace ssprotect::platform
