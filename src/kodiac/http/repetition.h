#pragma once

#include "ssprotect/kodiac/kodiac.h"

namespace ssprotect::kodiac::http {

/// Whether the call may reach KODiAC twice and do no more than once: it carries a counter, by which KODiAC knows it
/// again, or it changes nothing.
bool mayArriveTwice(const Call& call);

} // namespace ssprotect::kodiac::http
