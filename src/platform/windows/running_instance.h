#pragma once

#include "ssprotect/platform/process.h"

namespace ssprotect::platform {

/// `Processes::runningInstanceOf`: a process of the same program file that has windows, through which programs
/// hand documents over (DDE, COM and their own messages).
std::optional<ProcessIdentity> oldestInstanceOf(const std::vector<std::string>& command);

} // namespace ssprotect::platform
