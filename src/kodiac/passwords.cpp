#include "passwords.h"

#include <algorithm>
#include <bit>

namespace ssprotect::kodiac {
namespace {

constexpr std::string_view kVerifierKind = "verifier";

PasswordDerivation derivationOf(const store::Row& row) {
    return {row.get<Bytes>(0), {row.get<std::uint64_t>(1), row.get<std::uint32_t>(2), row.get<std::uint32_t>(3)}};
}

} // namespace

Status checkNewPassword(const Context& context, const NewPassword& password) {
    const auto& [n, r, p] = password.derivation.scrypt;
    const auto& limits = context.services.settings.scrypt;
    if (std::has_single_bit(n) && n >= limits.leastN && n <= limits.mostN && r == 8 && p == 1)
        return {};
    return makeError(ErrorCode::invalidInput, "the password is stretched with parameters that KODiAC does not take");
}

void storePassword(Context& context, const AccountId& account, const NewPassword& password) {
    const auto& [n, r, p] = password.derivation.scrypt;
    context.sql.execute(
        "INSERT INTO passwords (account, salt, n, r, p, sealed, changed, due) VALUES ($1, $2, $3, $4, $5, $6, $7, 0) "
        "ON CONFLICT (account) DO UPDATE SET salt = excluded.salt, n = excluded.n, r = excluded.r, p = excluded.p, "
        "sealed = excluded.sealed, changed = excluded.changed, due = excluded.due",
        {account, password.derivation.salt, n, r, p,
         context.services.atRest.seal(kVerifierKind, account.bytes(), password.verifier), context.now()});
}

void askForChangeUnderRules(Context& context, const AccountId& account) {
    context.sql.execute("UPDATE passwords SET due = 1 WHERE account = $1 AND EXISTS (SELECT 1 FROM accounts a "
                        "JOIN organizations o ON o.id = a.organization WHERE a.id = $1 AND o.password_length + "
                        "o.password_classes + o.password_days + o.password_history > 0)",
                        {account});
}

std::optional<PasswordDerivation> passwordDerivation(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT salt, n, r, p FROM passwords WHERE account = $1", {account});
    return row ? std::optional(derivationOf(*row)) : std::nullopt;
}

Result<StoredPassword> passwordVerifier(Context& context, const std::optional<AccountId>& account) {
    const AccountId whose = account.value_or(AccountId{});
    const auto row = context.sql.one("SELECT sealed FROM passwords WHERE account = $1", {whose});
    // A stranger's e-mail is sealed on the spot: nearly the work of reading, and the same of opening.
    Bytes sealed = row ? row->get<Bytes>(0)
                       : context.services.atRest.seal(kVerifierKind, whose.bytes(),
                                                      drawSecret(context, sizeof(crypto::ScramVerifier)));
    auto opened = context.services.atRest.open(kVerifierKind, whose.bytes(), sealed);
    if (!opened)
        return std::move(opened).error();
    crypto::ScramVerifier verifier;
    if (opened->size() != verifier.storedKey.size() + verifier.serverKey.size())
        return makeError(ErrorCode::dataDamaged, "a password verifier of KODiAC is damaged");
    const auto half = opened->view().begin() + static_cast<std::ptrdiff_t>(verifier.storedKey.size());
    std::copy(opened->view().begin(), half, verifier.storedKey.begin());
    std::copy(half, opened->view().end(), verifier.serverKey.begin());
    return StoredPassword{verifier, std::move(sealed)};
}

bool isStillPassword(Context& context, const AccountId& account, ByteView sealed) {
    return context.sql.one("SELECT 1 FROM passwords WHERE account = $1 AND sealed = $2 FOR UPDATE", {account, sealed})
        .has_value();
}

} // namespace ssprotect::kodiac
