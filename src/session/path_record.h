#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::session {

/// A path as the host database keeps it: absolute, lexically normal, as the bytes of its UTF-8 (on POSIX: its own
/// bytes, whatever they are).
struct PathRecord {
    Bytes path;
    Bytes foldedPath; ///< ASCII letters in lower case: for searching and sorting
    Bytes foldedName;
};

PathRecord recordOf(const platform::Path& path);
Bytes pathBytes(const platform::Path& path);
platform::Path pathOf(ByteView bytes);
Bytes foldAscii(ByteView text);

} // namespace ssprotect::session
