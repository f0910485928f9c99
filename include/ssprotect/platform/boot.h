#pragma once

#include <string>

namespace ssprotect::platform {

/// Names this running of the machine: the same until the next start of the system, another one after it.
/// Empty where the system does not tell.
std::string bootIdentity();

} // namespace ssprotect::platform
