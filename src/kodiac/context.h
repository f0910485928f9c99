#pragma once

#include "at_rest.h"
#include "audit_trail.h"
#include "host_factor_row.h"
#include "ssprotect/container/header.h"
#include "ssprotect/kodiac/authority.h"
#include "ssprotect/kodiac/people.h"
#include "ssprotect/store/transaction.h"

#include <optional>
#include <string>

namespace ssprotect::kodiac {

/// What Authority has for all operations. Any thread.
struct Services {
    Random& random;
    AtRest atRest;
    crypto::SecretBytes serverSecret; ///< what strangers are told is made from it
    AuthoritySettings settings;
};

enum class SessionState { live, expired, ended };

/// Who asks, once that is known.
struct Caller {
    AccountId account;
    OrganizationId organization;
    HostId host;
    SessionId session;
    SessionState state = SessionState::live;
    std::optional<TimePoint> since; ///< the login or refresh that the session lives by; none before it
    TimePoint expires{};
    bool secondFactorAtLogin = false;
    /// The token is one that the session no longer takes: only the repetition of the request that ended it is answered.
    bool onlyRepeats = false;

    AccountState accountState = AccountState::provisioned;
    Privilege privilege = Privilege::user;
    bool disabled = false;
    bool keysExported = false; ///< or it need not export them: somebody else can reset its password
    bool passwordDue = false;  ///< ACC-5
    bool releaseProtections = false;
    container::ConversionMode mode = container::ConversionMode::optimized;
};

enum class Factor {
    none,     ///< no code was due
    accepted, ///< the counter is used up now
    repeated, ///< the latest counter, with the same request
};

/// One call on its way through the corridor, within its transaction.
struct Context {
    store::Transaction& sql;
    const Services& services;
    const Call& call;
    Caller caller;
    /// Whom the audit trail names until somebody has proved who they are.
    AccountId claimedAccount = call.account;
    HostId claimedHost = call.host;
    /// Of the caller's host, locked: read together with the session for an operation that needs a code.
    std::optional<HostFactorRow> hostFactor{};
    Factor factor = Factor::none;
    bool unattended = false; ///< the code was of the host's own secret, beside its token (TFA-5)
    crypto::Sha256Digest loginSignature{}; ///< what a proved login is answered with
    Bytes provedPassword{};                  ///< sealed, as the login's proof was checked against it
    AccountId subject{}; ///< the other account that the operation is about; audited, also with a refusal
    AuditNotes notes;

    TimePoint now() const { return sql.now(); }
};

template <class IdType> IdType draw(const Context& context) { return IdType::random(context.services.random); }

inline crypto::SecretBytes drawSecret(const Context& context, std::size_t size) {
    crypto::SecretBytes secret(size);
    context.services.random.fill(secret.bytes());
    return secret;
}

} // namespace ssprotect::kodiac
