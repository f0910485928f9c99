#pragma once

#include "host_accounts.h"
#include "host_secrets.h"
#include "session_state.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "ssprotect/session/session_manager.h"

#include <map>
#include <mutex>
#include <vector>

namespace ssprotect::session {

struct NewAccount;

/// What lies behind the manager. Everything here but `currentSession` runs under `operations`.
struct SessionManager::Inside {
    Inside(KodiacDirectory& kodiacs_, HostDatabase& database, const Environment& environment_,
           SessionSettings settings_);

    KodiacDirectory& kodiacs;
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

    /// Whom a call is about, and where.
    struct Destination {
        std::string email;
        ServerSet servers;
        std::shared_ptr<kodiac::Kodiac> kodiac;
    };
    // session_destination.cpp
    Result<Destination> destination(std::string_view email, const ServerSet& servers);
    Result<Destination> destination(const LoginTarget& target);
    /// Keeps the CA that KODiAC announces beside the present ones.
    void keepNextPin(const std::string& profile, const ServerSet& servers);

    // account_creation.cpp
    Status keepNewAccount(const NewAccount& made, const Destination& where);
    void forgetNewAccount(const AccountId& account);

    // registration.cpp
    Status keepRegistration(const NewAccount& made, const std::optional<HostAccount>& known, const Destination& where);
    Result<Registration> finishRegistration(const NewAccount& made, SealedVault sealed,
                                            kodiac::FinishRegistration::Request request, Destination where, bool isNew);

    // session_logins.cpp
    struct Start;
    /// Proves the password and opens a session at KODiAC. Starts over once when the connection that it is proved on is
    /// lost.
    Result<Start> proveLogin(const Destination& where, ByteView password);
    /// What this host has of the account that is to log in.
    struct OwnFactor {
        HostId host; ///< drawn for a host without one, which comes as a new one
        AccountId account;
        std::shared_ptr<HostCredential> credential; ///< none: it has none
        HostCredential::Turn turn;
    };
    /// Waits for the person where a token's code is due: before KODiAC is told of the login, since the nonce that it
    /// then gives, and the connection, live for a minute.
    Result<OwnFactor> ownFactor(const Destination& where);
    /// `begun`: KODiAC answered the first step.
    Result<Start> proveLoginOnce(const Destination& where, ByteView password, const OwnFactor& own, bool& begun);
    Status checkSameKodiac(const AccountId& account, const ServerSet& servers);

    // session_enrolment.cpp
    /// The credential as kept on disk; shared with sessions that still use it.
    Result<std::shared_ptr<HostCredential>> credentialFor(const AccountId& account, HostSecrets::Enrolment enrolment);
    /// Keeps a fresh HOTP secret; its counter starts anew.
    Result<std::shared_ptr<HostCredential>> newCredential(const AccountId& account, const HostId& host,
                                                          ByteView hotpSecret);
    Status enrol(KodiacChannel& channel, const kodiac::SessionGrant& grant, const HostId& host, ByteView signingSeed);

    // session_start.cpp
    struct Start {
        kodiac::SessionGrant grant;
        HostId host;
        std::shared_ptr<HostCredential> credential; ///< null: this host is not enrolled yet
        Destination where;
        PasswordKeys passwordKeys;
        kodiac::PasswordDerivation derivation;
        std::optional<crypto::SecretBytes> approvedSecret = {}; ///< the device secret that an approval gave this host
    };
    /// Proves and takes the keys, enrols the host if needed, and puts the session in place of the present one.
    /// On an Error the new session is ended at KODiAC.
    Result<SessionInfo> start(Start start);
    /// The device secret that opened the vault in place of this host's own, once everything in the vault holds.
    Status keepNewDeviceSecret(const Start& start, const TakenKeys& keys);
    /// Takes the channel only when it succeeds.
    Result<std::shared_ptr<Session>> build(std::unique_ptr<KodiacChannel>& channel, Start& start);

    // key_duties.cpp
    /// What a Privileged User's host owes the Organization: the next content key after somebody left, and a new
    /// Administrator's signature. What cannot be done now is done by whoever comes next.
    void doKeyDuties(Session::State& state);

    // host_request.cpp
    /// A host that waits for its approval, with what its login needs then.
    struct PendingHost {
        Start start;
        crypto::AgreementKey agreement;
        TimePoint expires{};
    };
    std::optional<PendingHost> pendingHost; ///< under `operations`
    void dropPendingHost();

    // session_end.cpp
    void endSession(SessionEnd why, bool tellKodiac);
};

} // namespace ssprotect::session
