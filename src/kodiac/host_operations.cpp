#include "handlers.h"
#include "host_removal.h"
#include "login_session.h"
#include "wire/limits.h"

namespace ssprotect::kodiac {
namespace {

/// What stands of a host that asks to be approved.
struct Standing {
    crypto::PublicKey agreement{};
    TimePoint expires{};
    std::optional<crypto::PublicKey> encapsulated;
    Bytes ciphertext;
};

Error expired() {
    return makeError(ErrorCode::expired, "the request of the new host is older than 10 minutes; ask again from there");
}

Result<Standing> standing(Context& context, const HostId& host) {
    const auto row = context.sql.one("SELECT agreement, expires, encapsulated, ciphertext FROM host_requests "
                                     "WHERE account = $1 AND host = $2 FOR UPDATE",
                                     {context.caller.account, host});
    if (!row)
        return makeError(ErrorCode::notFound, "that host does not ask to be approved");
    Standing found{
        row->get<crypto::PublicKey>(0), row->get<TimePoint>(1), row->get<std::optional<crypto::PublicKey>>(2), {}};
    if (found.encapsulated)
        found.ciphertext = row->get<Bytes>(3);
    if (found.expires <= context.now())
        return expired();
    return found;
}

ListHosts::Row hostOf(const store::Row& row) {
    return {row.get<HostId>(0), row.get<std::string>(1), row.get<bool>(2), row.get<bool>(3),
            row.get<std::optional<crypto::PublicKey>>(4)};
}

} // namespace

Result<RequestHost::Response> execute(Context& context, const RequestHost::Request& request) {
    context.sql.execute("INSERT INTO host_requests (account, host, agreement, created, expires) "
                        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, host) DO UPDATE SET "
                        "agreement = excluded.agreement, created = excluded.created, expires = excluded.expires, "
                        "encapsulated = NULL, ciphertext = NULL",
                        {context.caller.account, context.caller.host, request.agreement, context.now(),
                         context.now() + kHostRequestLife});
    return RequestHost::Response{};
}

Result<HostApproval::Response> execute(Context& context, const HostApproval::Request&) {
    auto found = standing(context, context.caller.host);
    if (!found)
        return std::move(found).error();
    HostApproval::Response response;
    response.approved = found->encapsulated.has_value();
    if (response.approved) {
        response.encapsulated = *found->encapsulated;
        response.ciphertext = std::move(found->ciphertext);
    }
    return response;
}

// Who asks comes first, the latest before all: whoever has the password can bring in more hosts than are listed.
Result<ListHosts::Response> execute(Context& context, const ListHosts::Request&) {
    ListHosts::Response response;
    for (const auto& row : context.sql.all(
             "SELECT h.host, h.name, CASE WHEN h.sealed IS NULL THEN 0 ELSE 1 END, h.oath, r.agreement "
             "FROM hosts h LEFT JOIN host_requests r ON r.account = h.account AND r.host = h.host AND "
             "r.encapsulated IS NULL AND r.expires > $3 WHERE h.account = $1 AND h.removed IS NULL "
             "ORDER BY COALESCE(r.created, 0) DESC, CASE WHEN h.sealed IS NULL THEN 1 ELSE 0 END, h.name, h.host "
             "LIMIT $2",
             {context.caller.account, wire::kMostHosts, context.now()}))
        response.rows.push_back(hostOf(row));
    return response;
}

Result<ApproveHost::Response> execute(Context& context, const ApproveHost::Request& request) {
    if (request.host == context.caller.host)
        return makeError(ErrorCode::refused, "a host cannot approve itself; do it on another one");
    auto found = standing(context, request.host);
    if (!found)
        return std::move(found).error();
    if (found->agreement != request.agreement)
        return makeError(ErrorCode::changedMeanwhile, "that host has asked anew since its code was compared; compare "
                                                      "it again");
    if (found->encapsulated)
        return makeError(ErrorCode::alreadyExists, "that host is approved already");
    context.sql.execute("UPDATE host_requests SET encapsulated = $3, ciphertext = $4 WHERE account = $1 AND host = $2",
                        {context.caller.account, request.host, request.encapsulated, request.ciphertext});
    noteHost(context, context.caller.account, "approved", request.host);
    return ApproveHost::Response{};
}

Result<RemoveHost::Response> execute(Context& context, const RemoveHost::Request& request) {
    const AccountId& account = context.caller.account;
    if (request.host == context.caller.host)
        return makeError(ErrorCode::refused, "this is the host at hand; remove it from another one");
    if (!removeHost(context, account, request.host))
        return makeError(ErrorCode::notFound, "the account has no such host");
    noteHost(context, account, "removed", request.host);
    endSessionsOnHost(context, account, request.host);
    return RemoveHost::Response{};
}

} // namespace ssprotect::kodiac
