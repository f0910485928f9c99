#include "connection_pool.h"

#include <algorithm>

namespace ssprotect::store {

ConnectionPool::ConnectionPool(Connect connect, std::size_t size, std::optional<Duration> patience, std::string label)
    : connect_(std::move(connect)), patience_(patience), label_(std::move(label)),
      free_(std::max<std::size_t>(size, 1)) {}

ConnectionPool::Lease::~Lease() {
    if (connection_)
        pool_->giveBack(std::move(connection_));
}

Result<ConnectionPool::Lease> ConnectionPool::take() {
    if (auto entered = enter(); !entered)
        return std::move(entered).error();
    while (auto known = idle())
        if (known->isReady())
            return Lease(*this, std::move(known));
    auto made = connect_();
    if (made)
        return Lease(*this, std::move(*made));
    leave();
    return std::move(made).error();
}

Status ConnectionPool::enter() {
    std::unique_lock lock(mutex_);
    if (free_ > 0) { // then nobody waits
        --free_;
        return {};
    }
    Waiter waiter;
    waiters_.push_back(&waiter);
    if (!patience_)
        waiter.served.wait(lock, [&] { return waiter.done; });
    else if (!waiter.served.wait_for(lock, *patience_, [&] { return waiter.done; })) {
        std::erase(waiters_, &waiter);
        return makeError(ErrorCode::fileBusy,
                         label_ + " is busy: all its connections are in use; try again in a moment");
    }
    return {};
}

void ConnectionPool::leave() {
    const std::lock_guard lock(mutex_);
    if (waiters_.empty()) {
        ++free_;
        return;
    }
    Waiter* first = waiters_.front();
    waiters_.pop_front();
    first->done = true;
    first->served.notify_one(); // under the lock: the waiter ends with its wait
}

std::unique_ptr<Connection> ConnectionPool::idle() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty())
        return nullptr;
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
}

void ConnectionPool::giveBack(std::unique_ptr<Connection> connection) {
    if (connection->isLost()) {
        connection.reset();
    } else {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(connection));
    }
    leave();
}

} // namespace ssprotect::store
