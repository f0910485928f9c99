#include "ssprotect/session/session_manager.h"

#include "session_inside.h"
#include "ssprotect/kodiac/email.h"

#include <algorithm>

namespace ssprotect::session {

SessionManager::Inside::Inside(KodiacDirectory& kodiacs_, HostDatabase& database, const Environment& environment_,
                               SessionSettings settings_)
    : kodiacs(kodiacs_), environment(environment_), settings(std::move(settings_)), accounts(database),
      secrets(environment_, database.layout()), profiles(database) {}

std::shared_ptr<Session> SessionManager::Inside::currentSession() {
    const std::lock_guard lock(mutex);
    return session && !session->ended() ? session : nullptr;
}

Result<std::shared_ptr<Session>> SessionManager::Inside::liveSession() {
    if (auto live = currentSession())
        return live;
    return makeError(ErrorCode::notLoggedIn, "nobody is logged in; log in first");
}

void SessionManager::Inside::tell(const std::function<void(SessionListener&)>& what) {
    std::vector<SessionListener*> hearing;
    {
        const std::lock_guard lock(mutex);
        hearing = listeners;
    }
    for (auto* listener : hearing)
        what(*listener);
}

SessionManager::SessionManager(KodiacDirectory& kodiacs, HostDatabase& database, const Environment& environment,
                               SessionSettings settings)
    : inside_(std::make_unique<Inside>(kodiacs, database, environment, std::move(settings))) {}

SessionManager::~SessionManager() = default;

Result<SessionInfo> SessionManager::login(const LoginTarget& target, ByteView password) {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    auto where = inside_->destination(target);
    if (!where)
        return std::move(where).error();
    auto proved = inside_->proveLogin(*where, password);
    if (!proved)
        return std::move(proved).error();
    return inside_->start(std::move(*proved));
}

Result<SessionInfo> SessionManager::refresh() {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    auto session = inside_->liveSession();
    if (!session)
        return std::move(session).error();
    Session::State& state = (*session)->state();
    auto fresh = state.heard(state.channel->callForNewToken<kodiac::RefreshSession>({}));
    if (!fresh)
        return std::move(fresh).error();
    state.update(fresh->session);
    if (auto keys = state.refreshKeys(); !keys)
        return std::move(keys).error();
    inside_->doKeyDuties(state);
    const SessionInfo info = (*session)->info();
    inside_->keepNextPin(info.profile, info.servers);
    inside_->tell([&](SessionListener& listener) { listener.sessionRefreshed(info); });
    return info;
}

Status SessionManager::logout() {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    inside_->endSession(SessionEnd::loggedOut, true);
    return {};
}

void SessionManager::endIfExpired() {
    std::shared_ptr<Session> session;
    {
        const std::lock_guard lock(inside_->mutex);
        session = inside_->session;
    }
    if (!session || !session->ended())
        return;
    // Whoever changes the session at this moment sees to its end.
    const std::unique_lock lock(inside_->operations, std::try_to_lock);
    if (!lock)
        return;
    if (const auto why = session->state().ending())
        inside_->endSession(*why, false);
}

std::shared_ptr<Session> SessionManager::current() { return inside_->currentSession(); }

Result<std::shared_ptr<Session>> SessionManager::require() {
    auto session = inside_->liveSession();
    if (session && !(*session)->info().keysExported)
        return makeError(ErrorCode::exportKeysFirst,
                         "export the keys first ('ssprotect keys export FILE'): without them a lost password or disk "
                         "loses every protected file");
    if (session && (*session)->info().passwordDue)
        return makeError(ErrorCode::passwordDue, "change the password first ('ssprotect account change-password'): the "
                                                 "Organization's Pwd Policy asks for it");
    return session;
}

void SessionManager::addListener(SessionListener& listener) {
    const std::lock_guard lock(inside_->mutex);
    inside_->listeners.push_back(&listener);
}

void SessionManager::removeListener(SessionListener& listener) {
    const std::lock_guard lock(inside_->mutex);
    std::erase(inside_->listeners, &listener);
}

} // namespace ssprotect::session
