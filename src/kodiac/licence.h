#pragma once

#include "context.h"
#include "ssprotect/kodiac/organizations.h"

/// What the operator sells to an Organization, after it was made.
namespace ssprotect::kodiac {

/// `invalid-input` for more than there can be of either.
Status checkLicensable(std::uint32_t seats, std::uint32_t quotaMegabytes);

/// `not-found`; `invalid-input`; `no-seat` below the seats in use, `quota-exceeded` below what accounts were given.
Status setLicence(Context& context, std::string_view organization, const LicenceChanges& changes);

/// A new code for an Administrator who has not registered; mailed, and given as its text. `not-found`; `conflict` once
/// there is nobody to register.
Result<crypto::SecretBytes> renewAdministratorCode(Context& context, std::string_view organization);

} // namespace ssprotect::kodiac
