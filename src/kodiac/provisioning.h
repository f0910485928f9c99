#pragma once

#include "context.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How an account comes into being without keys (what makes one for a user, for a first Administrator and for who signs
/// up), and how its username becomes free again.
namespace ssprotect::kodiac {

/// Twelve digits that no account has (ACC-7).
std::string drawSoftwareId(Context& context);
/// So many, all different.
std::vector<std::string> drawSoftwareIds(Context& context, std::size_t count);

/// What a mailed code is for.
enum class CodeKind { registration, passwordReset };
/// As it stands in the database.
std::string_view codeKindWord(CodeKind kind);

/// What the account's latest code was for: a reset that was not finished stays one. `registration` without one.
CodeKind codeKindOf(Context& context, const AccountId& account);

/// Under which a code is kept and found.
crypto::Sha256Digest codeHash(ByteView code);

/// As mails know who acted when it was who runs KODiAC.
constexpr std::string_view kOperator = "operator";

struct CodeReceiver {
    AccountId account;
    std::string email;
};

/// A new code of each account, for `registrationCodeLife`, mailed to it; the one before, used or not, is void. They are
/// of one Organization. `actor` is the e-mail of who causes it, or `kOperator`.
void mailCodes(Context& context, const OrganizationId& organization, std::span<const CodeReceiver> receivers,
               CodeKind kind, std::string_view actor);
/// The same for one; gives the text of its code.
crypto::SecretBytes mailCode(Context& context, const AccountId& account, CodeKind kind, const std::string& email,
                             std::string_view actor);

struct NewAccount {
    std::string email; ///< checked
    OrganizationId organization;
    Privilege privilege = Privilege::user;
    AccountAttributes attributes;
    bool signedUp = false;
};

/// A Provisioned account without a code. None: its e-mail is another account's in this Server Set (ACC-1).
std::optional<AccountId> provisionAccount(Context& context, const NewAccount& account);
/// The same for each of them, the first ones first.
std::vector<std::optional<AccountId>> provisionAccounts(Context& context, std::span<const NewAccount> accounts);

/// The account is *removed*: its username is free, the account itself goes on showing it.
void retireAccount(Context& context, const AccountId& account);

} // namespace ssprotect::kodiac
