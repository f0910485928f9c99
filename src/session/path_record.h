#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::session {

/// A path as the host database and KODiAC's sealed names have it: lexically normal, the bytes of its UTF-8 with `/`
/// (on POSIX its own bytes, whatever they are).
Bytes pathBytes(const platform::Path& path);
platform::Path pathOf(ByteView bytes);

} // namespace ssprotect::session
