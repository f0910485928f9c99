#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

namespace ssprotect::kodiac {

/// The account with that e-mail; also what the audit trail then names.
std::optional<AccountId> accountOf(Context& context, std::string_view emailKey, const HostId& host);

/// What a stranger is told of an e-mail that no account has, or only one that nobody can log in with yet: the same
/// every time, so that it cannot be told from an account.
struct Pretended {
    AccountId account;
    PasswordDerivation derivation;
};
Pretended pretend(const Context& context, std::string_view emailKey);

} // namespace ssprotect::kodiac
