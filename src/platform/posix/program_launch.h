#pragma once

#include "descriptor.h"
#include "ssprotect/platform/process.h"

#include <sys/types.h>

namespace ssprotect::platform {

struct LaunchedProgram {
    pid_t id = 0;
    Descriptor handle; ///< its pidfd
};

/// Starts `start` in a session of its own, with `marker` (NAME=value) in its environment.
Result<LaunchedProgram> launchProgram(const ProgramStart& start, const std::string& marker, UserDefaults defaults);

} // namespace ssprotect::platform
