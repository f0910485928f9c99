#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

namespace ssprotect::kodiac {

struct StoredPassword {
    crypto::ScramVerifier verifier;
    Bytes sealed; ///< as it stands in the database: never the same for two passwords, nor for one set twice
};

/// `invalid-input` for parameters that are too cheap, or so dear that a host could not log in.
Status checkNewPassword(const Context& context, const NewPassword& password);

/// Puts the verifier, sealed, in the place of the one before.
void storePassword(Context& context, const AccountId& account, const NewPassword& password);

/// The account's password was set where the Pwd Policy was not looked at (ACC-5): if its Organization has any rules,
/// the next step is to change it under them.
void askForChangeUnderRules(Context& context, const AccountId& account);

std::optional<PasswordDerivation> passwordDerivation(Context& context, const AccountId& account);

/// The verifier of that account; for null that of nobody, found by the same work.
Result<StoredPassword> passwordVerifier(Context& context, const std::optional<AccountId>& account);

/// Whether that is the account's password yet. It then is until the transaction ends: whoever sets another one waits.
bool isStillPassword(Context& context, const AccountId& account, ByteView sealed);

} // namespace ssprotect::kodiac
