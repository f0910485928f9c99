#pragma once

#include "context.h"

namespace ssprotect::kodiac {

/// What an Organization may store for :Recover and what of it is promised to its accounts (REC-4, USR-6). A removed
/// account's quota counts on, with what it stored; that of one which never was Validated does not.
struct Quotas {
    std::int64_t organization = 0; ///< OrgQuota, MB
    std::int64_t given = 0;        ///< to accounts

    std::uint32_t available() const; ///< OrgAvail; 0 when more is given than there is
};

Quotas quotasOf(Context& context, const OrganizationId& organization);

/// USR-0: min(1024, OrgAvail) MB.
std::uint32_t usualQuota(const Quotas& quotas);

/// `quota-exceeded` when more is given than before and than the Organization has. Asked after the change and in its
/// transaction; the Organization must be locked.
Status checkQuotas(Context& context, const OrganizationId& organization, const Quotas& before);

} // namespace ssprotect::kodiac
