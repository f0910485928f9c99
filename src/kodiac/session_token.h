#pragma once

#include "context.h"

namespace ssprotect::kodiac {

struct Operation;

/// Fills `context.caller` from the session that the call names. `not-logged-in` unless the token is the session's,
/// it is bound to that account and host, and the session is live, or the operation may come after its end.
Status authenticateSession(Context& context, const Operation& operation);

/// SHA-256 under which a token is kept.
crypto::Sha256Digest tokenHash(ByteView token);

} // namespace ssprotect::kodiac
