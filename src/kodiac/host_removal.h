#pragma once

#include "context.h"

namespace ssprotect::kodiac {

/// The account no longer has that host: second factor, kept replies, what it asks for and its enhanced login are gone;
/// its sessions are the caller's to end. It may come again as a new host. Its row stays: the audit trail takes the name
/// from it. False: the account has no such host.
bool removeHost(Context& context, const AccountId& account, const HostId& host);

/// The same for all hosts of the account, each enrolled one with a row in the audit trail.
void removeHosts(Context& context, const AccountId& account);

/// The audit trail says what was done to a host by its name and id.
void noteHost(Context& context, const AccountId& account, std::string_view what, const HostId& host);

} // namespace ssprotect::kodiac
