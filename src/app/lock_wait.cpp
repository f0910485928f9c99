#include "lock_wait.h"

#include <condition_variable>
#include <mutex>

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

    void lockGained(const kodiac::LockView& view) override { note(view, true); }
    void lockLost(const kodiac::LockView& view) override { note(view, false); }

    enum class Seen { nothing, gained, lost };
    Seen wait() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, kLookForTheClient, [&] { return seen_ != Seen::nothing; });
        return seen_;
    }

private:
    void note(const kodiac::LockView& view, bool gained) {
        if (view.name != lock_)
            return;
        const std::lock_guard lock(mutex_);
        seen_ = gained ? Seen::gained : Seen::lost;
        changed_.notify_all();
    }

    session::LockKeeper& locks_;
    const kodiac::EditLock lock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Seen seen_ = Seen::nothing;
};

} // namespace

Result<kodiac::LockView> waitForLock(session::LockKeeper& locks, kodiac::EditLock lock, const Client& client) {
    Watch watch(locks, lock);
    auto view = locks.request(lock, true);
    if (!view || view->held)
        return view;
    for (;;) {
        const auto seen = watch.wait();
        if (seen != Watch::Seen::nothing)
            return seen == Watch::Seen::gained
                       ? locks.request(lock, false)
                       : Result<kodiac::LockView>(makeError(ErrorCode::lockLost, "the session is not in line any more; "
                                                                                 "request the lock again"));
        if (client.gone()) {
            static_cast<void>(locks.release(lock));
            return makeError(ErrorCode::cancelled, "whoever waited for the lock has gone");
        }
    }
}

} // namespace ssprotect::app
