#pragma once

#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/platform/file_system.h"

/// Sealing by the system for one user, implemented per system.
namespace ssprotect::platform {

/// The most that sealing adds.
inline constexpr std::uint64_t kSealOverhead = 4096;

Result<WipedBytes> sealForUser(ByteView secret);
/// `data-damaged` when it was sealed for somebody else or altered; `path` is for the message.
Result<WipedBytes> openForUser(ByteView sealed, const Path& path);

/// What a person does to be alone with a file, for messages.
std::string_view howToMakePrivate();

} // namespace ssprotect::platform
