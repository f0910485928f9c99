#pragma once

#include "events.h"
#include "ssprotect/session/lock_keeper.h"

namespace ssprotect::app {

/// Tells the clients that listen what happens to the Edit Locks (LOCK-4): `lock.changed` {lock as in `lock.status`,
/// lost}, and `organization.changed` {kind, subject} when others change accounts, policies or keys. Any thread.
class LockAnnouncer final : public session::LockListener {
public:
    explicit LockAnnouncer(Events& events) : events_(events) {}

    void lockGained(const kodiac::LockView& view) override;
    void lockLost(const kodiac::LockView& view) override;
    void lineMoved(const kodiac::LockView& view) override;
    void news(const kodiac::ListEvents::Row& row) override;

private:
    Events& events_;
};

} // namespace ssprotect::app
