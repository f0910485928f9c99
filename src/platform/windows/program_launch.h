#pragma once

#include "handle.h"
#include "ssprotect/platform/process.h"

namespace ssprotect::platform {

struct LaunchedProgram {
    Handle process;
    Handle job; ///< it and all that it starts
};

Result<LaunchedProgram> launchProgram(const ProgramStart& start);

} // namespace ssprotect::platform
