#pragma once

#include "ssprotect/platform/file_system.h"

#include <optional>

namespace ssprotect::platform {

/// Whether files there live in memory and are gone with the power (tmpfs; what the system swaps out aside).
bool isMemoryBacked(const Path& folder);

/// `folder` if plaintext may lie in it: absolute, a folder of this user that nobody else may enter, in memory.
std::optional<Path> ifPrivateMemory(const Path& folder);

/// The user's folder for this login session, if it passes `ifPrivateMemory`: `$XDG_RUNTIME_DIR`, else what
/// systemd would have named. None on Windows.
std::optional<Path> runtimeFolder();

} // namespace ssprotect::platform
