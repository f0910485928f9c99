#pragma once

#include "ssprotect/base/clock.h"

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

namespace ssprotect::kodiac::http {

/// Waits for news on behalf of many, holding no thread: while anybody waits, one question every `interval` asks for the
/// number of the newest event. Any thread. Its context and pool outlive it and run no more when it dies.
class EventWatch {
public:
    using Newest = std::function<Result<std::int64_t>()>;
    using Wake = std::function<void()>;

    EventWatch(boost::asio::io_context& context, boost::asio::thread_pool& pool, Newest newest, Duration interval,
               std::size_t mostWaiting);

    /// The newest number that was heard of: read before looking for events, so that none falls between.
    std::int64_t seen() const;

    /// Calls `wake` once, from another thread: after an event above `seen`, after `most`, or at the stop. False, and no
    /// call, when nothing is waited for (no `newest`, stopped, too many wait).
    bool wait(std::int64_t seen, Duration most, Wake wake);

    void stop();

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Waiter {
        std::int64_t seen;
        Time until;
        Wake wake;
    };
    void tickLocked();
    void ask();
    void heard(Result<std::int64_t> newest);

    boost::asio::thread_pool& pool_;
    const Newest newest_;
    const Duration interval_;
    const std::size_t mostWaiting_;

    mutable std::mutex mutex_;
    boost::asio::steady_timer timer_;
    bool ticking_ = false;
    bool stopped_ = false;
    std::int64_t newestHeard_ = 0;
    std::list<Waiter> waiters_;
};

} // namespace ssprotect::kodiac::http
