#include "organization_row.h"

#include "ssprotect/kodiac/email.h"

namespace ssprotect::kodiac {

// An update that changes nothing: it takes the row for this transaction, but not its key, which new files refer to.
void lockOrganization(Context& context, const OrganizationId& organization) {
    context.sql.execute("UPDATE organizations SET events = events WHERE id = $1", {organization});
}

std::string organizationName(Context& context, const OrganizationId& organization) {
    const auto row = context.sql.one("SELECT name FROM organizations WHERE id = $1", {organization});
    return row ? row->get<std::string>(0) : std::string();
}

std::string organizationKey(std::string_view name) { return emailKey(name); }

// Numbered by the Organization's own row: an identity column would show later numbers before earlier ones commit.
void tellOrganization(Context& context, const OrganizationId& organization, std::string_view kind,
                      std::string_view subject, const std::optional<AccountId>& account) {
    const auto row =
        context.sql.one("UPDATE organizations SET events = events + 1 WHERE id = $1 RETURNING events", {organization});
    if (!row)
        return;
    context.sql.execute("INSERT INTO events (organization, sequence, kind, subject, account, at) "
                        "VALUES ($1, $2, $3, $4, $5, $6)",
                        {organization, row->get<std::int64_t>(0), kind, subject, account, context.now()});
}

} // namespace ssprotect::kodiac
