#include "host_removal.h"

#include <array>

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kRemove = "UPDATE hosts SET sealed = NULL, own_sealed = NULL, next_counter = 0, failures = "
                                     "0, retry_at = 0, oath = 0, oath_next = 0, removed = $2 "
                                     "WHERE account = $1 AND removed IS NULL";
constexpr std::array<std::string_view, 3> kOfHost = {"replies", "host_requests", "enhanced_logins"};

std::string deletion(std::string_view table) { return "DELETE FROM " + std::string(table) + " WHERE account = $1"; }

void note(Context& context, std::string_view what, std::string_view name, const HostId& host) {
    AuditNote note;
    note.reason = std::string(what) + " " + std::string(name) + " (" + host.hex() + ")";
    context.notes.push_back(std::move(note));
}

} // namespace

bool removeHost(Context& context, const AccountId& account, const HostId& host) {
    if (context.sql.execute(std::string(kRemove) + " AND host = $3", {account, context.now(), host}) == 0)
        return false;
    for (const std::string_view table : kOfHost)
        context.sql.execute(deletion(table) + " AND host = $2", {account, host});
    return true;
}

void removeHosts(Context& context, const AccountId& account) {
    // Locked, and in one order, before any of them changes: a request of one of these hosts holds its row.
    for (const auto& row : context.sql.all("SELECT host, name, CASE WHEN sealed IS NULL THEN 0 ELSE 1 END FROM hosts "
                                           "WHERE account = $1 AND removed IS NULL ORDER BY host FOR UPDATE",
                                           {account}))
        if (row.get<bool>(2))
            note(context, "removed", row.get<std::string>(1), row.get<HostId>(0));
    context.sql.execute(kRemove, {account, context.now()});
    for (const std::string_view table : kOfHost)
        context.sql.execute(deletion(table), {account});
}

void noteHost(Context& context, const AccountId& account, std::string_view what, const HostId& host) {
    const auto row = context.sql.one("SELECT name FROM hosts WHERE account = $1 AND host = $2", {account, host});
    note(context, what, row ? row->get<std::string>(0) : std::string(), host);
}

} // namespace ssprotect::kodiac
