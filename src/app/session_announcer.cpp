#include "session_announcer.h"

#include "describe.h"
#include "notices.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

void SessionAnnouncer::sessionStarted(const session::SessionInfo& info) {
    events_.tell("session.changed", sessionJson(info));
}

void SessionAnnouncer::sessionRefreshed(const session::SessionInfo& info) { sessionStarted(info); }

void SessionAnnouncer::sessionEnded(session::SessionEnd end) {
    events_.tell("session.changed", sessionJson(std::nullopt));
    if (end != session::SessionEnd::loggedOut)
        events_.tell("notice", sessionExpiredNotice());
}

} // namespace ssprotect::app
