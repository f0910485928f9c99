#pragma once

#include "context.h"
#include "ssprotect/kodiac/lock_operations.h"

namespace ssprotect::kodiac {

/// LOCK-1…5. Every function here locks the Organization's row first, so that all that is decided about its locks, and
/// what they guard, happens one after another, on every engine.
///
/// A lock is held by a session until it releases it, ends, is forced, or does not renew for `kLockExpiry`. Then the
/// first session in line that still renews holds it. Whoever takes it raises the epoch.
///
/// LOCK-3: each change of a holder is an audit note of the operation that made or noticed it.

/// What a guarded write goes through. With an epoch: the caller's session must hold the lock in that epoch
/// (`lock-lost`). Without: the lock is taken when nobody holds it (`lock-held`); true says that it was, and is to be
/// given back by `leaveLock` after the write, in the same transaction: nobody else sees it.
Result<bool> enterLock(Context& context, EditLock name, LockEpoch epoch);
void leaveLock(Context& context, EditLock name);

/// REQ LOCK, FORCE LOCK, heartbeat, release; see lock_operations.h.
Result<LockView> requestLock(Context& context, EditLock name, bool wait);
LockView forceLock(Context& context, EditLock name);
Result<LockView> renewLock(Context& context, EditLock name);
void releaseLock(Context& context, EditLock name);
LockView viewLock(Context& context, EditLock name);

/// The session has ended: it holds nothing and waits for nothing any more. Costs a look when that is so already.
void releaseLocksOf(Context& context, const OrganizationId& organization, const SessionId& session);

} // namespace ssprotect::kodiac
