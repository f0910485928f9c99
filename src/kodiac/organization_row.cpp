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

void tellOrganization(Context& context, const OrganizationId& organization, std::string_view kind,
                      std::string_view subject, const std::optional<AccountId>& account) {
    tellOrganization(context, organization, kind, std::span(&subject, 1), account);
}

// Numbered by the Organization's own row: an identity column would show later numbers before earlier ones commit.
void tellOrganization(Context& context, const OrganizationId& organization, std::string_view kind,
                      std::span<const std::string_view> subjects, const std::optional<AccountId>& account) {
    if (subjects.empty())
        return;
    const auto row = context.sql.one("UPDATE organizations SET events = events + $2 WHERE id = $1 RETURNING events",
                                     {organization, subjects.size()});
    if (!row)
        return;
    std::int64_t sequence = row->get<std::int64_t>(0) - static_cast<std::int64_t>(subjects.size());
    store::ValueRows rows(2);
    for (const auto subject : subjects)
        rows.add({++sequence, subject});
    context.sql.postFor("INSERT INTO events (organization, sequence, kind, subject, account, at) "
                        "SELECT $1, w.column1, $2, w.column2, $3, $4 FROM (VALUES ($5, $6)) AS w",
                        {organization, kind, account, context.now()}, rows);
}

} // namespace ssprotect::kodiac
