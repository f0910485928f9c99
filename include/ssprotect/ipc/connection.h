#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/json.h"
#include "ssprotect/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace ssprotect::ipc {

/// Unique for the life of one server, never reused.
using ConnectionId = std::uint64_t;

/// One client, seen from the tray process. All methods may be called from any thread and return at
/// once, except `waitForRoom`. Messages and replies arrive in the order of the calls.
class Connection {
public:
    /// Called exactly once: the peer's answer or its Error; `cancelled` after the time-out, or when the connection
    /// closes first. On a thread of the server, in `PipeServer::stop` and for a closed connection on the caller's.
    using Callback = std::function<void(Result<Json>)>;

    virtual ~Connection() = default;

    virtual ConnectionId id() const = 0;
    virtual bool closed() const = 0;

    /// Is delivered unless the connection closes. False: it is closed already, or `params` fill no frame (1 MiB).
    virtual bool notify(std::string_view method, const Json& params) = 0;
    /// For progress: replaces an undelivered one of the same method and `key`, so a slow reader sees
    /// the latest state and holds no memory.
    virtual bool notifyLatest(std::string_view method, std::string_view key, const Json& params) = 0;
    /// Asks the peer. `timeout` counts from now.
    virtual void request(std::string_view method, const Json& params, Duration timeout, Callback callback) = 0;

    /// Blocks while more than `ServerLimits::roomBytes` wait to be read by the peer, for producers of many
    /// `notify`; never on a thread of the server. False: closed, or still no room after `timeout`.
    virtual bool waitForRoom(Duration timeout) = 0;

    /// Ends the connection; `Handler::onClosed` follows.
    virtual void close() = 0;
};

} // namespace ssprotect::ipc
