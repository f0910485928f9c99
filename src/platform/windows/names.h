#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// `FileSystem::rename` with the semantics of POSIX, also over a file that is open or read-only; where the file
/// system has none, as MoveFileEx does it.
Status renameOver(const Path& from, const Path& to);

/// `FileSystem::renameNew`.
Status renameToFreeName(const Path& from, const Path& to);

/// `FileSystem::remove`: the name is free at once, also while the file is open; where the file system cannot do
/// that, when the last who has it open closes it.
Status removeName(const Path& path);

} // namespace ssprotect::platform
