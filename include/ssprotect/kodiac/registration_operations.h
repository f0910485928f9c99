#pragma once

#include "ssprotect/kodiac/people.h"

/// How people come into an Organization (ACC-3, ACC-4). None of these needs a session.
namespace ssprotect::kodiac {

/// Of an organization's content keys and share roots, which begin with it.
constexpr Epoch kFirstEpoch = 1;

/// The first step with a mailed code: what the host must know to make the account's keys. Refused with the cause:
/// `not-found` (no such code), `expired`, `refused` (another address's, or used already).
struct StartRegistration {
    static constexpr std::string_view kName = "registration.start";
    struct Request {
        std::string email;
        HostId host;
        crypto::SecretBytes code; ///< kMailedCodeSize
    };
    struct Response {
        AccountId account;
        OrganizationId organization;
        std::string organizationName;
        /// The account will be the Organization's Administrator: its keys make the root and the first content key.
        bool makesRoot = false;
        crypto::PublicKey root{}; ///< to be compared at Validation; zeros when `makesRoot`
        PasswordRules passwordRules;
    };
};

/// Uses the code up. An ordinary account is Registered then and waits for Validation; the first Administrator is
/// Validated at once and logged in. After a *Reset Pwd* the same, with the account's old id and new keys; the account's
/// other hosts are removed (RemoveHost): they are to be approved anew.
struct FinishRegistration {
    static constexpr std::string_view kName = "registration.finish";
    struct Request {
        std::string email;
        HostId host;
        std::string hostName;
        crypto::SecretBytes code;
        AccountKeys keys;
        crypto::Signature proof{}; ///< by keys.signing over `registrationBytes`
        NewPassword password;
        Bytes vault; ///< generation 1
        // When the account makes the root, else absent:
        std::optional<MemberStatement> self; ///< signed by itself
        std::optional<KeyEnvelope> contentKey; ///< epoch 1, sealed by the account to itself
    };
    struct FirstSession {
        SessionGrant session;
        crypto::SecretBytes hotpSecret;
    };
    struct Response {
        std::string softwareId;
        std::optional<FirstSession> first; ///< only for who was Validated at once
    };
};
/// "ssprotect/register/v1" ‖ organization ‖ account ‖ both keys ‖ SHA-256 of the vault
Bytes registrationBytes(const OrganizationId& organization, const AccountId& account, const AccountKeys& keys,
                        ByteView vault);

/// ACC-4: an outsider asks to join; a registration code is mailed to the address. The answer is the same whether the
/// Organization is there, takes sign-ups, or knows the address.
struct RequestSignUp {
    static constexpr std::string_view kName = "registration.sign-up";
    struct Request {
        std::string email;
        std::string organizationName;
        HostId host;
    };
    struct Response {};
};

} // namespace ssprotect::kodiac
