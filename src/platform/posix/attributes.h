#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// `FileSystem::copyAttributes`: owner and group, extended attributes, mode and ACL, times. What
/// the caller may not set is left, and mode and ACL are then narrowed so that nobody gains access.
Status copyAllAttributes(const Path& from, const Path& to);

} // namespace ssprotect::platform
