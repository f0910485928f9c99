#pragma once

#include "context.h"

#include <string>

namespace ssprotect::kodiac {

/// An account as those see it who administer its Organization.
struct AccountRow {
    AccountId account;
    std::string email;
    AccountState state = AccountState::provisioned;
    Privilege privilege = Privilege::user;
    AccountKeys keys; ///< zeros until registered
    AccountAttributes attributes;
};

/// An account of the caller's Organization, locked for this transaction; it becomes the subject that is audited.
/// `not-found` for any other.
Result<AccountRow> accountOfOrganization(Context& context, const AccountId& account);

/// Its e-mail; empty when it is not there.
std::string emailOf(Context& context, const AccountId& account);

/// As a user's own words name it in a refusal: `ada@example.org: <message>`.
Error about(const AccountRow& row, Error error);

} // namespace ssprotect::kodiac
