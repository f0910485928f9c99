#pragma once

#include "context.h"
#include "quotas.h"

#include <string>

namespace ssprotect::kodiac {

/// The columns `attributesOf` reads, of the alias a (accounts).
constexpr std::string_view kAttributeColumns =
    "a.disabled, a.wants_delegate, a.privilege, a.integrity_override, a.unsigned_apps, a.release_protections, "
    "a.ignore_enhanced, a.no_bulk_second_factor, a.no_second_factor, a.split_chains, a.mode, a.quota_mb";
constexpr std::size_t kAttributeCount = 12;
constexpr std::size_t kPrivilegeColumn = 2; ///< of them

/// From these columns of `row`, the first of them at `column`. `delegate` is also what waits for the root's signature.
AccountAttributes attributesOf(const store::Row& row, std::size_t column);

/// USR-0: what a new account of the Organization has; also its *Split vChains* switch (VCH-2).
AccountAttributes usualAttributes(Context& context, const OrganizationId& organization, const Quotas& quotas);

/// REC-1: *:Recover* and *Double* are one Conversion Mode.
container::ConversionMode modeOf(const AccountAttributes& attributes);

/// `attributes` with what `changes` gives. Without *:Recover* there is no *Double*: it goes too unless it is asked for
/// in the same breath (`invalid-input`). *:Recover* must be licensed when it is turned on (`refused`).
Result<AccountAttributes> changed(const AccountAttributes& attributes, const AttributeChanges& changes,
                                  bool recoverLicensed);

/// What has changed, in the words of *Administer Users*, for the audit trail: `Disabled on, AcctQuota 512 MB`.
std::string differences(const AccountAttributes& before, const AccountAttributes& after);

} // namespace ssprotect::kodiac
