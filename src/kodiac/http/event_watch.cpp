#include "event_watch.h"

#include <boost/asio/post.hpp>

namespace ssprotect::kodiac::http {

EventWatch::EventWatch(boost::asio::io_context& context, boost::asio::thread_pool& pool, Newest newest,
                       Duration interval, std::size_t mostWaiting)
    : pool_(pool), newest_(std::move(newest)), interval_(interval), mostWaiting_(mostWaiting), timer_(context) {}

std::int64_t EventWatch::seen() const {
    const std::lock_guard lock(mutex_);
    return newestHeard_;
}

bool EventWatch::wait(std::int64_t seen, Duration most, Wake wake) {
    const std::lock_guard lock(mutex_);
    if (!newest_ || stopped_ || waiters_.size() >= mostWaiting_)
        return false;
    waiters_.push_back({seen, std::chrono::steady_clock::now() + most, std::move(wake)});
    if (!ticking_)
        tickLocked();
    return true;
}

void EventWatch::tickLocked() {
    ticking_ = true;
    timer_.expires_after(interval_);
    timer_.async_wait([this](const boost::system::error_code& fault) {
        if (!fault)
            boost::asio::post(pool_, [this] { ask(); });
    });
}

void EventWatch::ask() { heard(newest_()); }

// A question that failed is asked again at the next tick; who waits must not be told of it.
void EventWatch::heard(Result<std::int64_t> newest) {
    std::list<Waiter> woken;
    {
        const std::lock_guard lock(mutex_);
        if (newest)
            newestHeard_ = *newest;
        const auto now = std::chrono::steady_clock::now();
        for (auto next = waiters_.begin(); next != waiters_.end();) {
            const auto waiter = next++;
            if (waiter->seen < newestHeard_ || waiter->until <= now)
                woken.splice(woken.end(), waiters_, waiter);
        }
        ticking_ = false;
        if (!waiters_.empty() && !stopped_)
            tickLocked();
    }
    for (const auto& waiter : woken)
        waiter.wake();
}

void EventWatch::stop() {
    std::list<Waiter> woken;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        timer_.cancel();
        woken.swap(waiters_);
    }
    for (const auto& waiter : woken)
        waiter.wake();
}

} // namespace ssprotect::kodiac::http
