#pragma once

#include "host_accounts.h"
#include "host_secrets.h"
#include "session_state.h"
#include "ssprotect/session/session_manager.h"

#include <map>
#include <mutex>
#include <vector>

namespace ssprotect::session {

/// What lies behind the manager. Everything here but `currentSession` runs under `operations`.
struct SessionManager::Inside {
    Inside(kodiac::Kodiac& kodiac_, HostDatabase& database, const Environment& environment_, SessionSettings settings_);

    kodiac::Kodiac& kodiac;
    const Environment environment;
    const SessionSettings settings;
    HostAccounts accounts;
    HostSecrets secrets;
    Profiles profiles;

    std::mutex operations; ///< one change of the session at a time

    std::mutex mutex; ///< over what follows
    std::shared_ptr<Session> session;
    std::map<HostId, std::weak_ptr<HostCredential>> credentials;
    std::vector<SessionListener*> listeners;

    std::shared_ptr<Session> currentSession();
    /// The session, also a first one; `not-logged-in`.
    Result<std::shared_ptr<Session>> liveSession();
    void tell(const std::function<void(SessionListener&)>& what);

    // session_logins.cpp
    Result<SessionInfo> login(const std::string& email, ByteView password);
    Result<SessionInfo> loginOnce(const std::string& email, ByteView password);

    // session_enrolment.cpp
    /// The credential as kept on disk; shared with sessions that still use it.
    Result<std::shared_ptr<HostCredential>> credentialFor(const AccountId& account, HostSecrets::Enrolment enrolment);
    /// Keeps a fresh HOTP secret; its counter starts anew.
    Result<std::shared_ptr<HostCredential>> newCredential(const AccountId& account, const HostId& host,
                                                          ByteView hotpSecret);
    Status enrol(KodiacChannel& channel, const kodiac::SessionGrant& grant, const HostId& host,
                 const VaultContent& vault);

    // session_start.cpp
    struct Start {
        kodiac::SessionGrant grant;
        HostId host;
        std::shared_ptr<HostCredential> credential; ///< null: this host is not enrolled yet
        std::string email;
        const PasswordKeys& passwordKeys;
        kodiac::PasswordDerivation derivation;
    };
    /// Proves and takes the keys, enrols the host if needed, and puts the session in place of the present one.
    /// On an Error the new session is ended at KODiAC.
    Result<SessionInfo> start(Start start);
    /// Takes the channel only when it succeeds.
    Result<std::shared_ptr<Session>> build(std::unique_ptr<KodiacChannel>& channel, Start& start);

    // session_end.cpp
    void endSession(SessionEnd why, bool tellKodiac);
};

} // namespace ssprotect::session
