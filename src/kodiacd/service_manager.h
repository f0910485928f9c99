#pragma once

#include "ssprotect/base/clock.h"

#include <string_view>

namespace ssprotect::kodiacd {

/// Tells whoever started the service (sd_notify(3): a datagram to the socket named in $NOTIFY_SOCKET) what it does;
/// nothing when nobody listens. `READY=1`, `STOPPING=1`, …
void tellServiceManager(std::string_view state);

/// `RELOADING=1` as systemd wants it, with the monotonic time.
void tellReloading(const Clock& clock);

} // namespace ssprotect::kodiacd
