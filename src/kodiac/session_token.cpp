#include "session_token.h"

#include "operation_table.h"
#include "rights.h"

namespace ssprotect::kodiac {
namespace {

constexpr std::size_t kFirstRight = 6;
constexpr std::size_t kFirstOfFactor = kFirstRight + kRightsColumnCount;

std::string sessionSelect(const std::string& columns, const std::string& tables, const std::string& lock) {
    return "SELECT s.token, s.previous_token, s.second_factor, s.expires, s.ended, s.created, " +
           std::string(kRightsColumns) + columns + " FROM " + std::string(kRightsTables) +
           " JOIN sessions s ON s.account = a.id" + tables + " WHERE s.id = $1 AND s.account = $2 AND s.host = $3" +
           lock;
}

const std::string kSession = sessionSelect("", "", "");
// For most operations the host's row decides next: it comes, and is locked, in the same round trip.
const std::string kSessionAndFactor =
    sessionSelect(", " + std::string(kHostFactorColumns), " JOIN hosts h ON h.account = s.account AND h.host = s.host",
                  " FOR UPDATE OF h");

Error notLoggedIn(std::string_view why) {
    return makeError(ErrorCode::notLoggedIn, std::string(why) + "; log in again");
}

Caller callerOf(Context& context, const store::Row& row) {
    Caller caller;
    caller.account = context.call.account;
    caller.host = context.call.host;
    caller.session = context.call.session;
    caller.secondFactorAtLogin = row.get<bool>(2);
    caller.expires = row.get<TimePoint>(3);
    caller.since = row.get<TimePoint>(5);
    takeRights(context, caller, row, kFirstRight);
    if (!row.isNull(4))
        caller.state = SessionState::ended;
    else if (caller.expires <= context.now())
        caller.state = SessionState::expired;
    return caller;
}

} // namespace

crypto::Sha256Digest tokenHash(ByteView token) { return crypto::sha256({viewOf("ssprotect/kodiac/token/v1"), token}); }

Status authenticateSession(Context& context, const Operation& operation) {
    const Call& call = context.call;
    const bool withFactor = operation.code != CodeRule::never;
    const auto row =
        context.sql.one(withFactor ? kSessionAndFactor : kSession, {call.session, call.account, call.host});
    if (!row)
        return notLoggedIn("KODiAC does not know this session");
    if (withFactor)
        context.hostFactor = hostFactorOf(*row, kFirstOfFactor);
    const auto given = tokenHash(call.token);
    const bool current = crypto::equalSecrets(given, row->get<crypto::Sha256Digest>(0));
    const auto previous = row->get<std::optional<crypto::Sha256Digest>>(1);
    const bool superseded = previous && crypto::equalSecrets(given, *previous);
    if (!current && !superseded)
        return notLoggedIn("the session's token is not the right one");

    Caller caller = callerOf(context, *row);
    if (!current) {
        if (!operation.endsToken)
            return notLoggedIn("the session was refreshed and this token has ended");
        caller.onlyRepeats = true;
    }
    if (caller.state != SessionState::live && !operation.closing) {
        if (!operation.endsToken)
            return notLoggedIn(caller.state == SessionState::ended ? "the session has ended"
                                                                   : "the session has expired");
        caller.onlyRepeats = true;
    }
    context.caller = caller;
    return {};
}

} // namespace ssprotect::kodiac
