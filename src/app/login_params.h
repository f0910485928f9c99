#pragma once

#include "ssprotect/ipc/fields.h"
#include "ssprotect/session/session_manager.h"

namespace ssprotect::app {

/// `servers` (URLs) and `pins` (PEM texts) of a request; neither: the embedded KODiAC. `invalid-input` as
/// session::checkedServers.
Result<session::ServerSet> serversFrom(ipc::Fields& fields);
/// `profile`, or `email` with or without servers, or neither: the current profile. `usage` for both.
Result<session::LoginTarget> targetFrom(ipc::Fields& fields);

} // namespace ssprotect::app
