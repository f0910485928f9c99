#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// `FileSystem::replace` by ReplaceFileW with a backup, which keeps what belongs to the name (streams, short name,
/// object id, compression). Where that refuses (read-only files, network disks), by `replaceByTwoRenames`.
/// The old file is then at `parkedName(replacement)`, where `settleReplace` looks after a crash.
Result<Path> replaceWithBackup(FileSystem& files, const Path& target, const Path& replacement);

/// The old file steps aside, then the new one takes its name. After a crash between the two the name is
/// empty until `settleReplace`.
Result<Path> replaceByTwoRenames(FileSystem& files, const Path& target, const Path& replacement);

} // namespace ssprotect::platform
