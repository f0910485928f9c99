#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

namespace ssprotect::kodiac {

/// The caller of an account that has proved itself without a session: `context.caller` gets its rights.
void becomeCaller(Context& context, const AccountId& account, const HostId& host);

/// Makes the host known to the account, or gives it its present name.
void rememberHost(Context& context, const AccountId& account, const HostId& host, std::string_view name);

/// A new session of `context.caller`; its earlier ones on that host end.
SessionGrant startSession(Context& context, bool secondFactor);

/// Each of these also gives back the Edit Locks of the sessions it ends (LOCK-1).
/// The sessions of the account; `except` may keep one.
void endSessions(Context& context, const AccountId& account, const SessionId& except = {});
/// Those of the account on that host.
void endSessionsOnHost(Context& context, const AccountId& account, const HostId& host);
/// The caller's own.
void endSession(Context& context);

/// A new token and a new span of time for the caller's session; the old token ends.
SessionGrant refreshSession(Context& context);

/// The caller's session as it stands, with the token of the call.
SessionGrant presentSession(const Context& context);

} // namespace ssprotect::kodiac
