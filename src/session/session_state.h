#pragma once

#include "host_accounts.h"
#include "key_intake.h"
#include "key_ring.h"
#include "kodiac_channel.h"
#include "ssprotect/session/environment.h"
#include "ssprotect/session/session_manager.h"

#include <mutex>
#include <optional>

namespace ssprotect::session {

/// What lies behind a Session.
struct Session::State {
    State(const Environment& environment_, HostAccounts accounts_, std::unique_ptr<KodiacChannel> channel_,
          SessionInfo info_, TakenKeys keys_, kodiac::PasswordDerivation derivation_);

    /// `not-logged-in` when it is over.
    Status requireLive();
    /// Looks whether KODiAC said that the session is over.
    template <class T> Result<T> heard(Result<T> reply) {
        if (!reply && reply.error().code == ErrorCode::notLoggedIn)
            end(SessionEnd::endedByKodiac);
        return reply;
    }
    template <class Op> Result<typename Op::Response> call(const typename Op::Request& request) {
        return heard(channel->call<Op>(request));
    }

    /// Fetches what keys came since. What does not hold leaves everything as it was.
    Status refreshKeys();
    void take(TakenKeys fresh);
    void update(const kodiac::SessionGrant& grant);
    /// What this host holds for true of the account, in its database.
    Status keepAccount(const TrustAnchor& reached, std::uint64_t reachedGeneration);
    Status passwordChanged(SealedVault sealed, std::vector<crypto::SecretBytes> history);
    void end(SessionEnd why);
    std::optional<SessionEnd> ending() const;
    SessionInfo shown() const;
    /// Whether the account has or had that signing key.
    bool knowsKey(const AccountId& account, const crypto::PublicKey& signing) const;
    KeyChain people() const;
    TrustAnchor anchor() const;
    /// A Privileged User's host is to make the next content key.
    bool rotationDue() const;
    Epoch presentEpoch() const;
    /// The vault as held now, for re-sealing.
    VaultContent vaultContent() const;

    const Environment environment;
    HostAccounts accounts;
    const std::unique_ptr<KodiacChannel> channel;
    const AccountId account;
    const crypto::SecretBytes signingSeed;
    const crypto::SecretBytes agreementScalar;
    const OrganizationId organization;
    KeyRing ring;

    mutable std::mutex mutex; ///< over what follows
    SessionInfo info;
    std::optional<SessionEnd> ended;
    KeyChain chain;
    Epoch keyEpoch = 0;
    bool rotationPending = false;
    crypto::SecretBytes vaultKey; ///< empty once the session has ended
    Bytes wrap;
    std::uint64_t generation = 0;
    kodiac::PasswordDerivation derivation;
    kodiac::PasswordDerivation historyDerivation;
    std::vector<crypto::SecretBytes> passwordHistory;
};

} // namespace ssprotect::session
