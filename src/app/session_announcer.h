#pragma once

#include "events.h"
#include "ssprotect/session/session_manager.h"

namespace ssprotect::app {

/// Tells subscribers who is logged in.
class SessionAnnouncer final : public session::SessionListener {
public:
    explicit SessionAnnouncer(Events& events) : events_(events) {}

    void sessionStarted(const session::SessionInfo& info) override;
    void sessionRefreshed(const session::SessionInfo& info) override;
    void sessionEnded(session::SessionEnd end) override;

private:
    Events& events_;
};

} // namespace ssprotect::app
