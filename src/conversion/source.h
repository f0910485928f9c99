#pragma once

#include "ssprotect/container/header.h"
#include "ssprotect/platform/file_system.h"

#include <optional>

namespace ssprotect::conversion {

/// A file as conversion finds it: plain, or a container whose structure is good.
struct Source {
    platform::FileInfo info;
    std::optional<container::Header> header;
};

/// PROT-1: what conversion takes, or the reason why not: `symbolic-link`, `hard-linked`, `unsupported-file`
/// (folder, device, our own temporary), `integrity` for a damaged container.
Result<Source> inspect(platform::FileSystem& files, const platform::Path& path);

/// The part of `inspect` that needs no look inside.
Status refuseKind(const platform::Path& path, const platform::FileInfo& info);

Error notProtectedError(const platform::Path& path);
Error changedError(const platform::Path& path);
/// Activate would leave those streams as they are, for everybody to read.
Error otherStreamsError(const platform::Path& path);

/// Whether two looks at one name saw the same file, untouched in between.
bool untouched(const platform::FileInfo& before, const platform::FileInfo& now);

/// The container that lies under that name has this file id and version.
bool isVersion(platform::FileSystem& files, const platform::Path& path, const FileId& file, VersionNumber version);

} // namespace ssprotect::conversion
