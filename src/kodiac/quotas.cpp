#include "quotas.h"

#include <algorithm>

namespace ssprotect::kodiac {
namespace {

constexpr std::uint32_t kUsualQuota = 1024;

} // namespace

std::uint32_t Quotas::available() const {
    return static_cast<std::uint32_t>(std::max<std::int64_t>(organization - given, 0));
}

Quotas quotasOf(Context& context, const OrganizationId& organization) {
    const auto row = context.sql.one("SELECT o.quota_mb, (SELECT COALESCE(SUM(a.quota_mb), 0) "
                                     "FROM accounts a WHERE a.organization = o.id AND (a.validated IS NOT NULL OR "
                                     "a.state IN ('provisioned', 'registered', 'validated'))) "
                                     "FROM organizations o WHERE o.id = $1",
                                     {organization});
    if (!row)
        return {};
    return {row->get<std::int64_t>(0), row->get<std::int64_t>(1)};
}

std::uint32_t usualQuota(const Quotas& quotas) { return std::min(kUsualQuota, quotas.available()); }

Status checkQuotas(Context& context, const OrganizationId& organization, const Quotas& before) {
    const auto quotas = quotasOf(context, organization);
    if (quotas.given <= quotas.organization || quotas.given <= before.given)
        return {};
    return makeError(ErrorCode::quotaExceeded,
                     "the accounts' quotas would be " + std::to_string(quotas.given) + " MB together, " +
                         std::to_string(quotas.given - quotas.organization) + " MB more than the Organization has (" +
                         std::to_string(quotas.organization) + " MB); give less, or have more licensed");
}

} // namespace ssprotect::kodiac
