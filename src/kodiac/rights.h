#pragma once

#include "context.h"

#include <algorithm>

namespace ssprotect::kodiac {

/// The columns `takeRights` reads, of the aliases a (accounts), o (organizations) and p (passwords). The Conversion
/// Mode is Optimized where the Organization has no licence for another one (LIC-1).
constexpr std::string_view kRightsColumns =
    "a.organization, a.state, a.privilege, a.disabled, a.keys_exported, a.release_protections, "
    "CASE WHEN o.kind = 'organization' AND o.recover = 0 THEN 0 ELSE a.mode END, "
    "o.password_forced, o.password_days, p.changed, p.due";
constexpr auto kRightsColumnCount =
    static_cast<std::size_t>(std::count(kRightsColumns.begin(), kRightsColumns.end(), ',') + 1);
constexpr std::string_view kRightsTables =
    "accounts a JOIN organizations o ON o.id = a.organization LEFT JOIN passwords p ON p.account = a.id";

/// What the account may, from these columns of `row`, the first of them at `column`. Needs `caller.account`, and
/// `caller.since` where there is a session.
void takeRights(Context& context, Caller& caller, const store::Row& row, std::size_t column);

/// `caller.account` has proved itself without a session: gives it its rights. False when it is not there.
bool takeRights(Context& context, Caller& caller);

/// ACC-3: `not-validated` or `account-dismissed`, with what to do, unless it is Validated.
Status checkValidated(const Caller& caller);

} // namespace ssprotect::kodiac
