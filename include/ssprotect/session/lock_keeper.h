#pragma once

#include "ssprotect/kodiac/lock_operations.h"
#include "ssprotect/session/environment.h"
#include "ssprotect/session/session_manager.h"

#include <memory>
#include <vector>

namespace ssprotect::session {

/// Hears of Edit Locks and of what others change, on a thread of the keeper or on that of the call that brought it
/// about; must not call the keeper back.
class LockListener {
public:
    virtual ~LockListener() = default;
    virtual void lockGained(const kodiac::LockView&) {}
    virtual void lockLost(const kodiac::LockView&) {}    ///< forced, or expired
    virtual void lineMoved(const kodiac::LockView&) {}   ///< the place in line, or who holds it, has changed
    virtual void lockGivenBack(kodiac::EditLock) {}      ///< by this session itself; also: it left the line
    virtual void sessionOver() {}                        ///< nothing is held or waited for any more
    virtual void news(const kodiac::ListEvents::Row&) {} ///< of accounts, policies, keys
    virtual void newsMissed() {}                         ///< so many that they are gone: look at the lists themselves
};

/// The Edit Locks of the login session (LOCK-1…4): holds and waits for them by a heartbeat, and listens to what happens
/// in the Organization. All of it is over when the session ends. Any thread.
///
/// Who lost a lock goes on under its lost epoch, whoever has it now or nobody: what was decided while it was held must
/// not be saved after somebody else may have changed the same (LOCK-2). Only a lock taken anew, or `release`, ends
/// that.
class LockKeeper final : public SessionListener {
public:
    LockKeeper(SessionManager& sessions, const Environment& environment);
    ~LockKeeper() override;
    LockKeeper(const LockKeeper&) = delete;
    LockKeeper& operator=(const LockKeeper&) = delete;

    /// From now on on threads of its own, until `stop`; without it nothing happens but by `beat` and `listen`.
    void start();
    void stop();

    Result<std::vector<kodiac::LockView>> status();
    /// *REQ LOCK*; `lock-held` unless `wait`.
    Result<kodiac::LockView> request(kodiac::EditLock lock, bool wait);
    /// *FORCE LOCK*.
    Result<kodiac::LockView> force(kodiac::EditLock lock);
    /// Also out of the line, and of what was lost. Ok when it was not held.
    Status release(kodiac::EditLock lock);

    /// What a guarded call goes under, also once it is lost; none: this session has not held it.
    kodiac::LockEpoch epochOf(kodiac::EditLock lock) const;
    /// A guarded call was told that it is lost.
    void learnLost(kodiac::EditLock lock);
    /// This session may do what Privileged Users may: it is worth listening again.
    void learnPrivileged();

    /// One round of the heartbeat: renews what is held or waited for.
    void beat();
    /// Asks once what happened and tells it, waiting up to `wait` where KODiAC can. False when nobody who may hear
    /// of it is logged in, or KODiAC could not be reached.
    bool listen(Duration wait);

    /// Not owned; take it away before it dies.
    void addListener(LockListener& listener);
    void removeListener(LockListener& listener);

    void sessionStarted(const SessionInfo&) override;
    void sessionRefreshed(const SessionInfo&) override;
    void sessionEnded(SessionEnd) override;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace ssprotect::session
