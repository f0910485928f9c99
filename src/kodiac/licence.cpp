#include "licence.h"

#include "operator.h"
#include "organization_row.h"
#include "provisioning.h"
#include "quotas.h"
#include "seats.h"

#include <limits>

namespace ssprotect::kodiac {
namespace {

constexpr auto kMost = static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());

struct Licence {
    OrganizationId organization;
    std::uint32_t seats = 0;
    std::uint32_t quotaMegabytes = 0;
    bool recover = false;
};

/// Locks the Organization.
std::optional<Licence> licenceOf(Context& context, std::string_view organization) {
    const auto row = context.sql.one("SELECT id, seats, quota_mb, recover FROM organizations WHERE name_key = $1 "
                                     "AND kind = 'organization' FOR UPDATE",
                                     {organizationKey(organization)});
    if (!row)
        return std::nullopt;
    return Licence{row->get<OrganizationId>(0), row->get<std::uint32_t>(1), row->get<std::uint32_t>(2),
                   row->get<bool>(3)};
}

Error unknown() {
    return makeError(ErrorCode::notFound, "there is no Organization of this name; 'kodiacd org list' shows them");
}

Status checkSeats(Context& context, const Licence& licence) {
    if (licence.seats == 0)
        return makeError(ErrorCode::invalidInput, "an Organization has at least one seat, its Administrator's");
    const auto used = seatsUsed(context, licence.organization);
    if (licence.seats >= used)
        return {};
    return makeError(ErrorCode::noSeat,
                     std::to_string(used) + " seats are in use; accounts must be removed before there can be fewer");
}

/// After the change.
Status checkQuota(Context& context, const Licence& licence) {
    const auto quotas = quotasOf(context, licence.organization);
    if (quotas.given <= quotas.organization)
        return {};
    return makeError(ErrorCode::quotaExceeded, "accounts were given " + std::to_string(quotas.given) +
                                                   " MB in all; theirs must become less before the Organization's can");
}

Licence changed(Licence licence, const LicenceChanges& changes) {
    licence.seats = changes.seats.value_or(licence.seats);
    licence.quotaMegabytes = changes.quotaMegabytes.value_or(licence.quotaMegabytes);
    licence.recover = changes.recover.value_or(licence.recover);
    return licence;
}

std::string differences(const Licence& before, const Licence& after) {
    std::string text;
    const auto add = [&](const std::string& difference) { text += (text.empty() ? "" : ", ") + difference; };
    if (before.seats != after.seats)
        add(std::to_string(after.seats) + " seats instead of " + std::to_string(before.seats));
    if (before.quotaMegabytes != after.quotaMegabytes)
        add(std::to_string(after.quotaMegabytes) + " MB instead of " + std::to_string(before.quotaMegabytes));
    if (before.recover != after.recover)
        add(std::string(":Recover ") + (after.recover ? "on" : "off"));
    return text.empty() ? "as before" : text;
}

} // namespace

Status checkLicensable(std::uint32_t seats, std::uint32_t quotaMegabytes) {
    if (seats <= kMost && quotaMegabytes <= kMost)
        return {};
    return makeError(ErrorCode::invalidInput, "seats and quota are limited to " + std::to_string(kMost));
}

Status setLicence(Context& context, std::string_view organization, const LicenceChanges& changes) {
    const auto present = licenceOf(context, organization);
    if (!present)
        return unknown();
    const Licence next = changed(*present, changes);
    if (auto licensable = checkLicensable(next.seats, next.quotaMegabytes); !licensable)
        return licensable;
    if (auto fitting = changes.seats ? checkSeats(context, next) : Status(); !fitting)
        return fitting;
    context.sql.execute("UPDATE organizations SET seats = $2, quota_mb = $3, recover = $4 WHERE id = $1",
                        {next.organization, next.seats, next.quotaMegabytes, next.recover});
    if (auto fitting = changes.quotaMegabytes ? checkQuota(context, next) : Status(); !fitting)
        return fitting;
    auditOperator(context.sql, {.operation = "operator.set-licence",
                                .organization = next.organization,
                                .change = differences(*present, next)});
    tellOrganization(context, next.organization, "policy", "licence", std::nullopt);
    return {};
}

Result<crypto::SecretBytes> renewAdministratorCode(Context& context, std::string_view organization) {
    const auto licence = licenceOf(context, organization);
    if (!licence)
        return unknown();
    const auto row = context.sql.one("SELECT id, email FROM accounts WHERE organization = $1 "
                                     "AND privilege = 'administrator' AND state = 'provisioned'",
                                     {licence->organization});
    if (!row)
        return makeError(ErrorCode::conflict, "the Administrator has registered already; another Privileged User can "
                                              "reset the password, else the exported keys do");
    const auto account = row->get<AccountId>(0);
    auto shown = mailCode(context, account, CodeKind::registration, row->get<std::string>(1), kOperator);
    auditOperator(context.sql, {.operation = "operator.renew-code",
                                .organization = licence->organization,
                                .subject = account,
                                .change = "a new registration code"});
    return shown;
}

} // namespace ssprotect::kodiac
