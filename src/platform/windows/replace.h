#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// `FileSystem::replace` by ReplaceFileW with a backup, which keeps what belongs to the name (streams, short name,
/// object id, compression). Where that refuses (read-only files, network disks), by `replaceByTwoRenames`.
/// The old file is then at `parkedName(replacement)`, where `settleReplace` looks after a crash.
Result<Path> replaceWithBackup(FileSystem& files, const Path& target, const Path& replacement);

} // namespace ssprotect::platform
