#pragma once

#include "handle.h"
#include "ssprotect/platform/file_system.h"

#include <optional>
#include <string>
#include <vector>

namespace ssprotect::platform {

/// What kind a name with these attributes is. Links and junctions are symbolic links; files that only wear a
/// reparse point, such as those of the cloud, are what they look like.
FileKind kindOf(DWORD attributes, DWORD reparseTag);

/// 100 ns since 1601 and nanoseconds since 1970; times that do not fit come out as the nearest that does.
std::int64_t nanosOfFileTime(std::int64_t ticks);
std::int64_t fileTimeOfNanos(std::int64_t nanos);

/// The names of a file's streams besides its content, from what FileStreamInfo tells: `:name:$DATA`.
std::vector<std::wstring> namedStreams(ByteView streamInfo);

/// Where a file was downloaded from; browsers attach it to every file, and it is not content.
inline constexpr std::wstring_view kOriginStream = L":Zone.Identifier:$DATA";

/// The named streams of an open file; none where the file system has no streams.
std::vector<std::wstring> streamsOf(HANDLE file);

/// By a handle with FILE_READ_ATTRIBUTES; with READ_CONTROL too, `ownerOnly` is told. Nothing: GetLastError says why.
std::optional<FileInfo> factsOf(HANDLE file);

/// Attributes and, where there is one, the reparse tag.
std::optional<FILE_ATTRIBUTE_TAG_INFO> tagOf(HANDLE file);

} // namespace ssprotect::platform
