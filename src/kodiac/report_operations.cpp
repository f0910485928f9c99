#include "handlers.h"
#include "ssprotect/kodiac/wire.h"

#include <algorithm>
#include <limits>

namespace ssprotect::kodiac {
namespace {

constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();

// What is not asked for is empty, or the widest range: one text for all filters.
const std::string kAuditColumns =
    "SELECT u.sequence, u.at, u.account, u.host, u.operation, u.file, u.version, u.result, u.reason, a.email, h.name, "
    "u.subject, s.email, u.proven FROM audit u LEFT JOIN accounts a ON a.id = u.account LEFT JOIN hosts h ON "
    "h.account = u.account AND h.host = u.host LEFT JOIN accounts s ON s.id = u.subject AND "
    "s.organization = u.organization WHERE ";
const std::string kAuditFilters =
    " AND u.sequence < $2 AND u.at >= $3 AND u.at < $4 AND (length($5) = 0 OR u.account = $5) AND "
    "(length($6) = 0 OR u.file = $6) AND u.operation LIKE $7 AND ($8 = '' OR u.result = $8) AND "
    "($9 = 0 OR u.result <> 'ok') ORDER BY u.sequence DESC LIMIT $10";
const std::string kAuditOfAccount = kAuditColumns + "u.account = $1" + kAuditFilters;
const std::string kAuditOfOrganization = kAuditColumns + "u.organization = $1" + kAuditFilters;

// Who got a share, or gave a digest, had the content.
const std::string kDisclosureColumns =
    "SELECT u.file, u.version, MIN(u.at), MAX(u.at), SUM(CASE WHEN u.operation = 'file.open' THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN u.operation = 'file.commit' THEN 1 ELSE 0 END), f.owner, o.email, v.identity, v.sealed_name "
    "FROM audit u JOIN files f ON f.id = u.file JOIN versions v ON v.file = u.file AND v.version = u.version "
    "LEFT JOIN accounts o ON o.id = f.owner WHERE ";
const std::string kDisclosureFilters =
    " AND u.at >= $2 AND u.result = 'ok' AND u.operation IN ('file.open', 'file.begin', 'file.commit') AND "
    "(length($3) = 0 OR u.account = $3) AND (length($4) = 0 OR u.host = $4) AND (u.file > $5 OR "
    "(u.file = $5 AND u.version > $6)) GROUP BY u.file, u.version, f.owner, o.email, v.identity, v.sealed_name "
    "ORDER BY u.file, u.version LIMIT $7";
const std::string kDisclosureOfAccount = kDisclosureColumns + "u.account = $1" + kDisclosureFilters;
const std::string kDisclosureOfOrganization = kDisclosureColumns + "u.organization = $1" + kDisclosureFilters;

template <class IdType> ByteView bytesOrNone(const std::optional<IdType>& id) { return id ? id->bytes() : ByteView(); }

Error notYours() {
    return makeError(ErrorCode::notPrivileged, "only the Administrator and the Delegates of an Organization see what "
                                               "other accounts did");
}

/// Whether a Privileged User of an Organization of many asks; an Individual has only its own rows.
bool overseesOthers(const Caller& caller) {
    return isPrivileged(caller.privilege) && caller.privilege != Privilege::individual;
}

bool isOperationPrefix(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; });
}

ListAudit::Row auditRow(const store::Row& row) {
    const auto text = [&](std::size_t column) { return row.get<std::optional<std::string>>(column).value_or(""); };
    return {row.get<std::int64_t>(0),
            row.get<TimePoint>(1),
            row.get<std::optional<AccountId>>(2).value_or(AccountId{}),
            row.get<std::optional<HostId>>(3).value_or(HostId{}),
            row.get<bool>(13),
            row.get<std::string>(4),
            row.get<std::optional<FileId>>(5),
            row.get<VersionNumber>(6),
            row.get<std::string>(7),
            row.get<std::string>(8),
            text(9),
            text(10),
            row.get<std::optional<AccountId>>(11),
            text(12)};
}

ReportDisclosure::Row disclosureRow(const store::Row& row) {
    ReportDisclosure::Row disclosed;
    disclosed.file = row.get<FileId>(0);
    disclosed.version = row.get<VersionNumber>(1);
    disclosed.first = row.get<TimePoint>(2);
    disclosed.last = row.get<TimePoint>(3);
    disclosed.opened = row.get<std::uint32_t>(4);
    disclosed.stored = row.get<std::uint32_t>(5);
    disclosed.owner = row.get<AccountId>(6);
    disclosed.ownerEmail = row.get<std::optional<std::string>>(7).value_or("");
    if (const auto identity = container::Identity::parse(row.get<container::IdentityBytes>(8)))
        disclosed.keyEpoch = identity->keyEpoch;
    disclosed.sealedName = row.get<std::optional<Bytes>>(9).value_or(Bytes{});
    return disclosed;
}

} // namespace

Result<ListAudit::Response> execute(Context& context, const ListAudit::Request& request) {
    const Caller& caller = context.caller;
    const bool ofOthers = request.account && *request.account != caller.account;
    if ((ofOthers && !overseesOthers(caller)) || (request.organization && !isPrivileged(caller.privilege)))
        return notYours();
    if (!isOperationPrefix(request.operation))
        return makeError(ErrorCode::invalidInput, "an operation's name has small letters, digits, dots and hyphens");
    // Whatever the operator did is in nobody's name: an Individual finds it here too.
    const bool whole = request.organization || ofOthers;
    const ByteView scope = whole ? caller.organization.bytes() : caller.account.bytes();
    ListAudit::Response response;
    for (const auto& row : context.sql.all(
             whole ? kAuditOfOrganization : kAuditOfAccount,
             {scope, request.before == 0 ? kLatest : request.before, request.from.value_or(fromUnixMillis(0)),
              request.to ? toUnixMillis(*request.to) : kLatest, bytesOrNone(request.account), bytesOrNone(request.file),
              request.operation + '%', request.result, request.refusals, std::min(request.limit, kMostRowsPerPage)}))
        response.rows.push_back(auditRow(row));
    return response;
}

Result<ReportDisclosure::Response> execute(Context& context, const ReportDisclosure::Request& request) {
    const Caller& caller = context.caller;
    if (!request.account && !request.host)
        return makeError(ErrorCode::invalidInput, "name the account or the host that the report is about");
    if (request.days == 0 || request.days > kMostReportDays)
        return makeError(ErrorCode::invalidInput, "the report looks back 1 to 3650 days");
    const bool whole = overseesOthers(caller);
    if (!whole && request.account && *request.account != caller.account)
        return notYours();
    const ByteView scope = whole ? caller.organization.bytes() : caller.account.bytes();
    ReportDisclosure::Response response;
    for (const auto& row : context.sql.all(whole ? kDisclosureOfOrganization : kDisclosureOfAccount,
                                           {scope, context.now() - std::chrono::days(request.days),
                                            bytesOrNone(request.account), bytesOrNone(request.host), request.afterFile,
                                            request.afterVersion, std::min(request.limit, kMostRowsPerPage)}))
        response.rows.push_back(disclosureRow(row));
    return response;
}

} // namespace ssprotect::kodiac
