#include "session_inside.h"

#include <spdlog/logger.h>

namespace ssprotect::session {

void SessionManager::Inside::endSession(SessionEnd why, bool tellKodiac) {
    std::shared_ptr<Session> ending;
    {
        const std::lock_guard lock(mutex);
        ending = session;
    }
    if (!ending)
        return;
    tell([&](SessionListener& listener) { listener.sessionEnding(*ending); });
    Session::State& state = ending->state();
    // KODiAC out of reach: the token dies there by itself.
    if (tellKodiac)
        if (auto told = state.channel->call<kodiac::EndSession>({}); !told)
            environment.log.warn("the session's end could not be told to KODiAC: {}", told.error().word());
    if (const auto credential = state.channel->credential())
        if (auto settled = credential->settle(); !settled)
            environment.log.warn("the HOTP counter was not settled: {}", settled.error().word());
    state.end(why);
    {
        const std::lock_guard lock(mutex);
        session.reset();
    }
    tell([&](SessionListener& listener) { listener.sessionEnded(why); });
}

} // namespace ssprotect::session
