#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/base/wiped_bytes.h"
#include "ssprotect/ipc/fields.h"
#include "ssprotect/platform/file_system.h"

#include <span>

namespace ssprotect::app {

/// `usage` unless the fields were all known and well-formed and as many secrets came as the method takes.
Status accepted(const ipc::Fields& fields, std::span<const WipedBytes> secrets = {}, std::size_t wanted = 0);

/// An absolute path from its travelling form, as given. `usage` for a relative one.
Result<platform::Path> givenPath(std::string_view text);
/// The links of its folder resolved but not the last component, so that a link is seen as what it is. A
/// folder that is not there stays as given.
platform::Path withFolderResolved(const platform::Path& path);
/// Both.
Result<platform::Path> pathFrom(std::string_view text);

/// {"code", "message"}; null for none.
Json toJson(const Error& error);
Json errorOrNull(const std::optional<Error>& error);

} // namespace ssprotect::app
