#pragma once

#include "context.h"
#include "ssprotect/kodiac/mail_kind.h"
#include "ssprotect/kodiac/operations.h"

#include <span>

namespace ssprotect::kodiac {

/// An account of the caller's Organization that somebody administers.
struct UserRow {
    AccountId account;
    std::string email;
    AccountState state = AccountState::provisioned;
    Privilege privilege = Privilege::user;
    AccountKeys keys; ///< zeros until it registers
    std::uint32_t generation = 1;
    bool disabled = false;
    bool wantsDelegate = false;
    std::optional<TimePoint> validated; ///< it has a seat, or had one

    bool isDelegate() const { return privilege == Privilege::delegate; }
};

/// The columns `userOf` reads, of the alias a (accounts).
constexpr std::string_view kUserColumns = "a.id, a.email, a.state, a.privilege, a.signing, a.agreement, "
                                          "a.key_generation, a.disabled, a.wants_delegate, a.validated";
constexpr std::size_t kUserCount = 10;

/// From these columns of `row`, the first ones.
UserRow userOf(const store::Row& row);

/// `not-found`.
Error noSuchUser();

/// The subject of the operation at hand, which the audit trail then names. `not-found` for a removed account, and for
/// another Organization's, which is not named.
Result<UserRow> userToAdminister(Context& context, const AccountId& account);

std::string emailOf(Context& context, const AccountId& account);

/// A mail that says only what the caller did.
void mailUser(Context& context, MailKind kind, const UserRow& user);
void mailUsers(Context& context, MailKind kind, std::span<const UserRow* const> users);
/// With the account's new role.
void mailRole(Context& context, const AccountId& account, Privilege role);

/// News that something about the account changed.
void tellOfUser(Context& context, const UserRow& user);

} // namespace ssprotect::kodiac
