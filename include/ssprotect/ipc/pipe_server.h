#pragma once

#include "ssprotect/ipc/connection.h"
#include "ssprotect/ipc/endpoint.h"
#include "ssprotect/ipc/instance_lock.h"
#include "ssprotect/ipc/message.h"

#include <memory>

namespace boost::asio {
class io_context;
}

namespace ssprotect::ipc {

/// What the server does with its clients. Calls for one connection come one after another in the
/// order of arrival; several connections may call at once when several threads run the io_context.
/// Calls must not block: they hold back the pipe. Nothing may be thrown.
class Handler {
public:
    virtual ~Handler() = default;
    /// A reply may be given later, from any thread, in any order.
    virtual void onRequest(const std::shared_ptr<Connection>& from, Request request, Responder responder) = 0;
    /// The last call for that connection, exactly once if it had a request; pending `Connection::request`s
    /// have been answered before.
    virtual void onClosed(ConnectionId connection) = 0;
};

/// What one client may cost. A client that goes over a limit is told so where possible and closed;
/// others notice nothing.
struct ServerLimits {
    std::size_t connections = 256;
    std::size_t openRequests = 64;                ///< per connection, without a reply yet; more are answered `refused`
    std::size_t roomBytes = std::size_t{4} << 20; ///< where `Connection::waitForRoom` begins to wait
    std::size_t queuedBytes = std::size_t{64} << 20; ///< unread by the peer: it is closed
    Duration frameTime{30'000};                      ///< from the first byte of a frame to its last
};

/// Listens for clients of the same user and speaks JSON-RPC 2.0 with them (spec, *The pipe*). Runs on
/// the threads that run the io_context, which must outlive it.
class PipeServer {
public:
    /// Removes a dead predecessor's socket: hence the lock, which must outlive the server. `io-error`,
    /// `access-denied`, `peer-refused`.
    static Result<std::unique_ptr<PipeServer>> start(boost::asio::io_context& context, const Endpoint& endpoint,
                                                     const InstanceLock& lock, Handler& handler,
                                                     const ServerLimits& limits = {});

    /// As `stop`.
    virtual ~PipeServer() = default;

    /// No new clients; the connected ones stay.
    virtual void stopAccepting() = 0;
    /// Sends what is queued for at most `flushTime`, closes all connections (without `onClosed`) and removes
    /// the socket. When it returns the handler is called no more, unless it was called from inside the handler:
    /// then only that call is still running.
    virtual void stop(Duration flushTime = Duration{0}) = 0;
};

} // namespace ssprotect::ipc
