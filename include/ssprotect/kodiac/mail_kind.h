#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

/// What KODiAC writes mails about (MAIL-1), and what each of them has to know. Nothing here is secret.
namespace ssprotect::kodiac {

enum class MailKind {
    registrationCode,   ///< to a new account: the code to register with
    readyForValidation, ///< to Privileged Users: somebody registered
    validated,          ///< to the account
    dismissed,          ///< to the account
    passwordReset,      ///< to the account: the code for a new password
    signUpReceived,     ///< to Privileged Users: somebody from outside asks to join
    signUpKnown,        ///< to an account: somebody has asked to join with its address
    roleChanged,        ///< to the account: Delegate, Administrator, or neither any more
    accountDisabled,    ///< to the account
    accountRemoved,     ///< to the account
    quotaFallback,      ///< to Privileged Users: files are stored without an archived copy
    lockdownEngaged,    ///< to every account
    lockdownLifted,     ///< to every account
    trustChanged,       ///< to the account outside that a trust names
    updateReleased,     ///< to Privileged Users, or to all after Set Version
};
constexpr std::size_t kMailKinds = static_cast<std::size_t>(MailKind::updateReleased) + 1;

/// Names of facts; a template names them in double braces.
namespace fact {
constexpr std::string_view kOrganization = "organization"; ///< its name
constexpr std::string_view kActor = "actor";     ///< the e-mail of who did it, or `operator`: who runs the server
constexpr std::string_view kAccount = "account"; ///< the e-mail of the account that it is about
constexpr std::string_view kRole = "role";       ///< `administrator`, `delegate` or `user`: what the account is now
constexpr std::string_view kChange = "change";   ///< of a trust: `added`, `established`, `disabled`, `enabled`, `ended`
constexpr std::string_view kVersion = "version"; ///< of the release
constexpr std::string_view kExpires = "expires"; ///< set from OutgoingMail::expires
constexpr std::string_view kLanguage = "language"; ///< of the mail (`en`, `de`); may be left out: the server's
} // namespace fact

/// `registration-code`: in the database, in names of templates, on the wire.
std::string_view mailKindWord(MailKind kind);
std::optional<MailKind> mailKindOf(std::string_view word);

/// The facts that a mail of this kind must be queued with; kLanguage may come to each.
std::span<const std::string_view> factsOf(MailKind kind);
/// It carries a secret code and says until when that holds.
bool carriesCode(MailKind kind);

/// A fact may be one of a few words that the templates' language puts into its own: these. Empty: it is shown as it is.
std::span<const std::string_view> wordsOfFact(std::string_view name);

} // namespace ssprotect::kodiac
