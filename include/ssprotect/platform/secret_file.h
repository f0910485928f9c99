#pragma once

#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// Writes a secret so that only this user of this machine reads it again: sealed by the system where it
/// offers that (Windows: DPAPI), else in a file for the owner only. Old or new, never torn, durable when ok.
Status writeSecretFile(FileSystem& files, const Path& path, ByteView secret);

/// `not-found`; `access-denied` when the file belongs to somebody else or others have access to it, because what
/// it holds may then be known or planted; `data-damaged` above `limit` bytes.
Result<WipedBytes> readSecretFile(FileSystem& files, const Path& path, std::uint64_t limit);

} // namespace ssprotect::platform
