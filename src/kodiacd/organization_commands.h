#pragma once

#include "kodiac_access.h"

namespace ssprotect::kodiacd {

struct NewOrganizationOptions {
    CommonOptions common;
    std::string name;
    std::string administrator; ///< e-mail
    std::uint32_t seats = 0;
    std::uint32_t quotaMegabytes = 0;
    bool recover = true;
};

struct OrganizationLimitOptions {
    CommonOptions common;
    std::string name;
    std::optional<std::uint32_t> seats;
    std::optional<std::uint32_t> quotaMegabytes;
    std::optional<bool> recover;
};

/// `org create`: prints the Administrator's registration code, which is mailed too.
Status createOrganization(const Environment& environment, const NewOrganizationOptions& options);
/// `org list`: a line each, columns separated by tabs, Individuals left out unless asked for.
Status listOrganizations(const Environment& environment, const CommonOptions& options, bool individuals);
/// `org set`: what is given changes.
Status setOrganization(const Environment& environment, const OrganizationLimitOptions& options);
/// `org code`: a new registration code for an Administrator who has not registered yet; printed and mailed.
Status renewAdministratorCode(const Environment& environment, const CommonOptions& options, const std::string& name);

/// `support disable-account`, `enable-account`.
Status setDisabled(const Environment& environment, const CommonOptions& options, const std::string& email,
                   bool disabled);

} // namespace ssprotect::kodiacd
