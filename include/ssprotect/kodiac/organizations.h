#pragma once

#include "ssprotect/kodiac/people.h"

/// What whoever runs KODiAC does with Organizations.
namespace ssprotect::kodiac {

struct NewOrganization {
    std::string name; ///< one line of at most 255 bytes, unique without regard to ASCII case
    std::string administratorEmail;
    std::uint32_t seats = 0;
    std::uint32_t quotaMegabytes = 0;
    bool recover = true; ///< *:Recover* is licensed
};

/// LIC-1. What is not given stays as it is.
struct LicenceChanges {
    std::optional<std::uint32_t> seats;
    std::optional<std::uint32_t> quotaMegabytes;
    std::optional<bool> recover;
};

struct OrganizationOverview {
    OrganizationId organization;
    std::string name;          ///< empty: an Individual's
    std::string administrator; ///< e-mail; of an Individual its own
    AccountState administratorState = AccountState::provisioned;
    bool administratorDisabled = false;
    std::uint32_t seats = 0;
    std::uint32_t seatsUsed = 0;
    std::uint32_t quotaMegabytes = 0;
    bool recover = false;
    TimePoint created{};
};

} // namespace ssprotect::kodiac
