#pragma once

#include "ssprotect/platform/process.h"

namespace ssprotect::platform {

/// `Processes::runningInstanceOf`, from /proc.
std::optional<ProcessIdentity> oldestInstanceOf(const std::vector<std::string>& command);

} // namespace ssprotect::platform
