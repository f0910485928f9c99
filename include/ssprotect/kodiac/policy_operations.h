#pragma once

#include "ssprotect/kodiac/user_operations.h"

/// The Organization's policies, licence and their switches (ACC-4, ACC-5, LIC-1).
namespace ssprotect::kodiac {

struct SignUpRules {
    bool allowed = false;
    std::uint32_t mostTotal = 0;   ///< accounts that came by sign-up; 0: as many as seats
    std::uint32_t mostPending = 0; ///< of them not yet Validated; 0: as many as seats

    friend bool operator==(const SignUpRules&, const SignUpRules&) = default;
};

/// Any member may look; hosts need the password rules.
struct ShowPolicy {
    static constexpr std::string_view kName = "policy.show";
    static constexpr bool kUnattended = true;
    struct Request {};
    struct Response {
        std::string organizationName;
        SignUpRules signUp;
        PasswordRules password;
        bool token = false;        ///< *Use 2FA Token*
        bool enhancedLogin = false; ///< Org Enh2FA is on
        bool splitVersionChains = false;
        bool moveSplits = false;
        std::uint32_t retainVersions = 3; ///< 0: all
        bool recover = false;             ///< the component is licensed
        std::uint32_t quotaMegabytes = 0;
        std::uint32_t seats = 0;
        std::uint32_t seatsUsed = 0;
        std::uint32_t quotaAvailable = 0;
    };
};

/// Under the Edit Lock "users". Turning *Split vChains* or *Move Splits* on ends the Organization's login sessions but
/// the caller's (VCH-2).
struct SetPolicy {
    static constexpr std::string_view kName = "policy.set";
    struct Request {
        std::optional<SignUpRules> signUp;
        std::optional<PasswordRules> password;
        bool changePasswordsNow = false; ///< every account, at its next login
        std::optional<bool> token;
        std::optional<bool> splitVersionChains;
        std::optional<bool> moveSplits;
        std::optional<std::uint32_t> retainVersions;
        LockEpoch lock;
    };
    struct Response {};
};

} // namespace ssprotect::kodiac
