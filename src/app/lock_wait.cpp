#include "lock_wait.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace ssprotect::app {
namespace {

constexpr auto kLookForTheClient = std::chrono::milliseconds(200);

/// Remembers that something happened to the lock.
class Watch final : public session::LockListener {
public:
    Watch(session::LockKeeper& locks, kodiac::EditLock lock) : locks_(locks), lock_(lock) { locks_.addListener(*this); }
    ~Watch() { locks_.removeListener(*this); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    void lockGained(const kodiac::LockView& view) override { note(view.name, Seen::gained); }
    void lockLost(const kodiac::LockView& view) override { note(view.name, Seen::lost); }
    void lineMoved(const kodiac::LockView& view) override {
        if (!view.held && view.position == 0)
            note(view.name, Seen::outOfLine);
    }
    void lockGivenBack(kodiac::EditLock lock) override { note(lock, Seen::givenBack); }
    void sessionOver() override { note(lock_, Seen::over); }

    enum class Seen { nothing, outOfLine, gained, lost, givenBack, over };
    /// What was seen last, for a while; nothing comes after the session.
    Seen wait() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, kLookForTheClient, [&] { return seen_ != Seen::nothing; });
        return seen_ == Seen::over ? seen_ : std::exchange(seen_, Seen::nothing);
    }

private:
    void note(kodiac::EditLock lock, Seen seen) {
        const std::lock_guard guard(mutex_);
        if (lock != lock_ || seen_ == Seen::over)
            return;
        seen_ = seen;
        changed_.notify_all();
    }

    session::LockKeeper& locks_;
    const kodiac::EditLock lock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Seen seen_ = Seen::nothing;
};

Error endOf(Watch::Seen seen) {
    switch (seen) {
    case Watch::Seen::over:
        return makeError(ErrorCode::notLoggedIn, "the login session ended while it waited for the lock; log in and "
                                                 "request the lock again");
    case Watch::Seen::givenBack:
        return makeError(ErrorCode::cancelled, "the lock was released, or its line left, from elsewhere in this "
                                               "session; request it again");
    default:
        return makeError(ErrorCode::lockLost, "the session is not in line any more; request the lock again");
    }
}

} // namespace

Result<kodiac::LockView> waitForLock(session::LockKeeper& locks, kodiac::EditLock lock, const Client& client) {
    Watch watch(locks, lock);
    auto seen = Watch::Seen::outOfLine;
    for (;;) {
        if (seen == Watch::Seen::outOfLine) {
            // Also again: KODiAC forgets who waits when it hears nothing of them for a while.
            auto view = locks.request(lock, true);
            if (!view || view->held)
                return view;
            if (view->position == 0)
                return endOf(seen);
        } else if (seen == Watch::Seen::gained) {
            return locks.request(lock, false);
        } else if (seen != Watch::Seen::nothing) {
            return endOf(seen);
        }
        if (client.gone()) {
            static_cast<void>(locks.release(lock));
            return makeError(ErrorCode::cancelled, "whoever waited for the lock has gone");
        }
        seen = watch.wait();
    }
}

} // namespace ssprotect::app
