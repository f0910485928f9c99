#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

namespace ssprotect::kodiac {

struct StoredPassword {
    PasswordDerivation derivation;
    crypto::ScramVerifier verifier;
};

/// `invalid-input` for parameters that are too cheap, or so dear that a host could not log in.
Status checkNewPassword(const Context& context, const NewPassword& password);

/// Puts the verifier, sealed, in the place of the one before.
void storePassword(Context& context, const AccountId& account, const NewPassword& password);

std::optional<PasswordDerivation> passwordDerivation(Context& context, const AccountId& account);

/// The verifier of that account; for null that of nobody, found by the same work.
Result<crypto::ScramVerifier> passwordVerifier(Context& context, const std::optional<AccountId>& account);

} // namespace ssprotect::kodiac
