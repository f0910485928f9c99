#pragma once

#include "handler_gate.h"
#include "ssprotect/ipc/pipe_server.h"
#include "transport.h"

#include <map>
#include <memory>
#include <mutex>

namespace ssprotect::ipc {

class Session;

/// What the sessions of one server share; outlives the server while a completion is still under way. Any thread.
class Hub : public std::enable_shared_from_this<Hub> {
public:
    Hub(boost::asio::io_context& context, Handler& handler, const ServerLimits& limits);
    ~Hub();

    void start(std::unique_ptr<Acceptor> acceptor);
    void stopAccepting();
    void stop(Duration flushTime);

    /// For sessions.
    HandlerGate& gate() { return gate_; }
    Handler& handler() { return handler_; }
    const ServerLimits& limits() const { return limits_; }
    boost::asio::io_context& context() { return context_; }
    void forget(ConnectionId id);

private:
    void acceptNextLocked();
    void onAccepted(std::unique_ptr<Stream> stream);

    boost::asio::io_context& context_;
    Handler& handler_;
    const ServerLimits limits_;
    HandlerGate gate_;

    std::mutex mutex_;
    std::unique_ptr<Acceptor> acceptor_; ///< null: no new clients
    std::map<ConnectionId, std::shared_ptr<Session>> sessions_;
    ConnectionId lastId_ = 0;
};

} // namespace ssprotect::ipc
