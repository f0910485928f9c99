#pragma once

#include "ssprotect/app/client.h"
#include "ssprotect/session/lock_keeper.h"

namespace ssprotect::app {

/// REQ LOCK by somebody who waits in line: comes back once the session holds the lock, or with the Error that ended the
/// wait: `not-logged-in` with the session's end, `cancelled` when another command of the session released the lock. Who
/// fell out of the line stands in it again, at its end. When the client goes the session leaves the line (`cancelled`).
/// Blocks: on a worker only.
Result<kodiac::LockView> waitForLock(session::LockKeeper& locks, kodiac::EditLock lock, const Client& client);

} // namespace ssprotect::app
