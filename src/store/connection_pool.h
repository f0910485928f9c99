#pragma once

#include "connection.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace ssprotect::store {

/// The connections of one Database, made when they are first needed. Who waits for one is served in order. Any thread.
class ConnectionPool {
public:
    using Connect = std::function<Result<std::unique_ptr<Connection>>()>;

    /// One transaction's connection, given back at the end.
    class Lease {
    public:
        Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Connection& operator*() const { return *connection_; }

    private:
        ConnectionPool* pool_;
        std::unique_ptr<Connection> connection_; ///< none once moved from
    };

    /// `patience`: how long somebody waits until it is `file-busy`; none: for ever.
    ConnectionPool(Connect connect, std::size_t size, std::optional<Duration> patience, std::string label);

    Result<Lease> take();

private:
    struct Waiter {
        std::condition_variable served;
        bool done = false;
    };

    Status enter();
    void leave();
    std::unique_ptr<Connection> idle();
    void giveBack(std::unique_ptr<Connection> connection);

    const Connect connect_;
    const std::optional<Duration> patience_;
    const std::string label_;
    std::mutex mutex_;
    std::size_t free_;
    std::deque<Waiter*> waiters_;
    std::vector<std::unique_ptr<Connection>> idle_; ///< the one used last is used next
};

} // namespace ssprotect::store
