#pragma once

#include "ssprotect/kodiac/operations.h"

#include <optional>
#include <string>

/// The records about the people of an Organization that several operations share (ACC, USR).
namespace ssprotect::kodiac {

/// ACC-1. `disabled` is separate.
enum class AccountState {
    provisioned, ///< has a code, has no keys yet
    registered,  ///< has made keys, may not log in yet
    validated,
    dismissed,
    removed, ///< its history stays, its username is free
};

enum class Privilege { user, delegate, administrator, individual };

/// As they travel and are shown: "provisioned", "administrator".
std::string_view wordOf(AccountState state);
std::string_view wordOf(Privilege privilege);

/// Administrator, Delegates and Individuals.
constexpr bool isPrivileged(Privilege privilege) { return privilege != Privilege::user; }

/// USR-2…5, the defaults of USR-0.
struct AccountAttributes {
    bool disabled = false;
    bool delegate = false; ///< takes effect with the root's signature
    bool integrityOverride = false;
    bool unsignedApps = false;
    bool releaseProtections = true;
    bool ignoreEnhancedLogin = false;
    bool noBulkSecondFactor = false;
    bool noSecondFactor = false;
    bool splitVersionChains = false;
    bool recover = true;
    bool doubleConversion = false; ///< only with `recover`
    std::uint32_t quotaMegabytes = 0;

    friend bool operator==(const AccountAttributes&, const AccountAttributes&) = default;
};

/// What is not given stays as it is.
struct AttributeChanges {
    std::optional<bool> disabled;
    std::optional<bool> delegate;
    std::optional<bool> integrityOverride;
    std::optional<bool> unsignedApps;
    std::optional<bool> releaseProtections;
    std::optional<bool> ignoreEnhancedLogin;
    std::optional<bool> noBulkSecondFactor;
    std::optional<bool> noSecondFactor;
    std::optional<bool> splitVersionChains;
    std::optional<bool> recover;
    std::optional<bool> doubleConversion;
    std::optional<std::uint32_t> quotaMegabytes;
};

/// What both people compare at Validation: SHA-256("ssprotect/fp/v1" ‖ root ‖ signing ‖ agreement), its first 160
/// bits in base32 as 8 groups of 4.
std::string comparisonCode(const crypto::PublicKey& root, const AccountKeys& keys);

/// A code that is mailed (ACC-3): 15 bytes, written as 6 groups of 4 base32 characters.
constexpr std::size_t kMailedCodeSize = 15;
std::string mailedCodeText(ByteView code);
/// Takes lower case, and spaces or nothing between the groups; `invalid-input`.
Result<crypto::SecretBytes> mailedCodeFromText(std::string_view text);

/// The Organization's rules for passwords (ACC-5); 0 = the product's own rule alone.
struct PasswordRules {
    std::uint32_t leastLength = 0;  ///< characters
    std::uint32_t leastClasses = 0; ///< of lower case, upper case, digits, others: 0–4
    std::uint32_t mostDays = 0;     ///< age after which a login asks for a new one
    std::uint32_t history = 0;      ///< earlier passwords that may not come back; at most 24

    friend bool operator==(const PasswordRules&, const PasswordRules&) = default;
};

} // namespace ssprotect::kodiac
