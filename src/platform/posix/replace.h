#pragma once

#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// `FileSystem::replace` by renameat2(RENAME_EXCHANGE); where the file system has none, by a hard
/// link and two renames, and where it has no links either, by `replaceByRenames`. What a crash
/// leaves of the latter two, `settleReplace` mends.
Result<Path> exchangeNames(FileSystem& files, const Path& target, const Path& replacement);

/// `FileSystem::replace` without the exchange.
Result<Path> replaceWithLink(FileSystem& files, const Path& target, const Path& replacement);

/// `FileSystem::renameNew` by renameat2(RENAME_NOREPLACE); where the file system has none, by link
/// and unlink (a crash between leaves both names), and without links by a check before the rename.
Status renameToFreeName(const Path& from, const Path& to);

} // namespace ssprotect::platform
