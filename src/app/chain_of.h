#pragma once

#include "session_desk.h"

#include <string>

namespace ssprotect::app {

/// The chain of a path, or a FileID as it is: of the container that lies there, else of what is listed or was released
/// there. `not-found`.
Result<FileId> chainOf(platform::FileSystem& files, SessionWork& work, const std::string& target);

} // namespace ssprotect::app
