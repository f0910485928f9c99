#pragma once

#include "context.h"
#include "ssprotect/kodiac/registration_operations.h"

namespace ssprotect::kodiac {

/// What an account brings that makes its organization's root: an Individual, or the first Administrator.
struct FirstKeys {
    const OrganizationId& organization;
    const AccountId& account;
    std::string_view email;
    const MemberStatement& self;
    const KeyEnvelope& contentKey;
};

/// `invalid-input` unless the account signs itself and seals the content key of the first epoch to itself.
Status checkFirstKeys(const FirstKeys& keys);

/// Membership and content key; the organization and the account are there.
void insertFirstKeys(Context& context, const FirstKeys& keys);

/// The account is logged in on the host where it was made: it becomes the caller.
FinishRegistration::FirstSession startFirstSession(Context& context, const AccountId& account, const HostId& host,
                                                   std::string_view hostName);

} // namespace ssprotect::kodiac
