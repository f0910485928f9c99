#pragma once

#include "context.h"

namespace ssprotect::kodiac {

struct Operation;

/// TFA-1: one HOTP counter for one request of this account and host. Needs `context.caller`.
Result<Factor> checkSecondFactor(Context& context, const Operation& operation, const crypto::Sha256Digest& hash);

/// A new HOTP secret for that host, unproven until its first code. Gives the secret.
crypto::SecretBytes enrolSecondFactor(Context& context, const AccountId& account, const HostId& host);

/// Whether that host has used its second factor before.
bool hasProvenSecondFactor(Context& context, const AccountId& account, const HostId& host);

} // namespace ssprotect::kodiac
