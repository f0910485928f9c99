#include "login_session.h"

#include "edit_lock.h"
#include "rights.h"
#include "session_token.h"
#include "wire/limits.h"

namespace ssprotect::kodiac {
namespace {

SessionGrant grantOf(const Caller& caller, crypto::SecretBytes token) {
    SessionGrant grant;
    grant.session = caller.session;
    grant.token = std::move(token);
    grant.account = caller.account;
    grant.organization = caller.organization;
    grant.expires = caller.expires;
    grant.keysExported = caller.keysExported;
    grant.hostEnrolled = caller.secondFactorAtLogin;
    grant.passwordDue = caller.passwordDue;
    return grant;
}

// Before the sessions end: whoever edits locks the Organization before it looks at anybody's session.
template <class Ends> void releaseLocks(Context& context, const AccountId& account, Ends ends) {
    for (const auto& row : context.sql.all(
             "SELECT l.organization, s.id, s.host FROM edit_locks l JOIN sessions s ON s.id = l.session "
             "WHERE l.organization = (SELECT organization FROM accounts WHERE id = $1) AND l.account = $1 "
             "UNION SELECT w.organization, s.id, s.host FROM lock_waiters w JOIN sessions s ON s.id = w.session "
             "WHERE w.organization = (SELECT organization FROM accounts WHERE id = $1) AND w.account = $1",
             {account})) {
        const auto session = row.get<SessionId>(1);
        if (ends(session, row.get<HostId>(2)))
            releaseLocksOf(context, row.get<OrganizationId>(0), session);
    }
}

} // namespace

void becomeCaller(Context& context, const AccountId& account, const HostId& host) {
    Caller caller;
    caller.account = account;
    caller.host = host;
    if (takeRights(context, caller))
        context.caller = caller;
}

void rememberHost(Context& context, const AccountId& account, const HostId& host, std::string_view name) {
    context.sql.post("INSERT INTO hosts (account, host, name) VALUES ($1, $2, $3) "
                     "ON CONFLICT (account, host) DO UPDATE SET name = excluded.name, removed = NULL",
                     {account, host, name});
}

SessionGrant startSession(Context& context, bool secondFactor) {
    Caller& caller = context.caller;
    endSessionsOnHost(context, caller.account, caller.host);
    caller.session = draw<SessionId>(context);
    caller.expires = context.now() + context.services.settings.sessionLength;
    caller.secondFactorAtLogin = secondFactor;
    auto token = drawSecret(context, wire::kTokenSize);
    context.sql.post(
        "INSERT INTO sessions (id, account, host, token, second_factor, created, expires) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {caller.session, caller.account, caller.host, tokenHash(token), secondFactor, context.now(), caller.expires});
    return grantOf(caller, std::move(token));
}

void endSessions(Context& context, const AccountId& account, const SessionId& except) {
    releaseLocks(context, account, [&](const SessionId& session, const HostId&) { return session != except; });
    context.sql.execute("UPDATE sessions SET ended = $3 WHERE account = $1 AND id <> $2 AND ended IS NULL",
                        {account, except, context.now()});
}

void endSessionsOnHost(Context& context, const AccountId& account, const HostId& host) {
    releaseLocks(context, account, [&](const SessionId&, const HostId& its) { return its == host; });
    context.sql.execute("UPDATE sessions SET ended = $3 WHERE account = $1 AND host = $2 AND ended IS NULL",
                        {account, host, context.now()});
}

void endSession(Context& context) {
    const Caller& caller = context.caller;
    releaseLocksOf(context, caller.organization, caller.session);
    context.sql.execute("UPDATE sessions SET ended = $2 WHERE id = $1 AND ended IS NULL",
                        {caller.session, context.now()});
}

SessionGrant refreshSession(Context& context) {
    Caller& caller = context.caller;
    caller.expires = context.now() + context.services.settings.sessionLength;
    auto token = drawSecret(context, wire::kTokenSize);
    context.sql.post("UPDATE sessions SET previous_token = token, token = $2, created = $4, expires = $3 WHERE id = $1",
                     {caller.session, tokenHash(token), caller.expires, context.now()});
    caller.since = context.now();
    takeRights(context, caller);
    auto grant = grantOf(caller, std::move(token));
    grant.hostEnrolled = true; // the call carried a code
    return grant;
}

SessionGrant presentSession(const Context& context) {
    auto grant = grantOf(context.caller, context.call.token.clone());
    grant.hostEnrolled = true;
    return grant;
}

} // namespace ssprotect::kodiac
