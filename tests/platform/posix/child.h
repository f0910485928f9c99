#pragma once

#include <functional>

namespace ssprotect::platform {

bool isRoot();

/// Whether `check` holds in a child process, for what a process does to itself.
bool holdsInChild(const std::function<bool()>& check);

/// Whether `check` holds in a child process that is another, unprivileged user (only when root).
bool holdsAsNobody(const std::function<bool()>& check);

} // namespace ssprotect::platform
