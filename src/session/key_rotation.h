#pragma once

#include "session_state.h"

namespace ssprotect::session {

/// Makes the Organization's next content key when KODiAC waits for one and this account is to make it; another host
/// having been faster is ok.
Status rotateIfDue(Session::State& state);

} // namespace ssprotect::session
