#pragma once

#include "ssprotect/kodiac/people.h"

/// *Administer Users*: for Privileged Users of an Organization only. Those with `lock` change what the Edit Lock
/// "users" guards: the epoch of the lock this session holds, or none to take and release it on the way (`lock-held`,
/// `lock-lost`). Each is one atomic transaction.
namespace ssprotect::kodiac {

using LockEpoch = std::optional<std::uint64_t>;

struct MailState {
    std::string state; ///< "waiting", "sent", "failed"; empty: none was due
    std::uint32_t attempts = 0;
    std::string error;
    TimePoint changed{};
};

/// USR-1, USR-6. Every account of the Organization, by e-mail; removed ones, whose e-mail may be another's now, too.
struct ListUsers {
    static constexpr std::string_view kName = "users.list";
    static constexpr bool kUnattended = true;
    struct Row {
        AccountId account;
        std::string email;
        AccountState state = AccountState::provisioned;
        Privilege privilege = Privilege::user;
        AccountAttributes attributes;
        std::string softwareId;
        AccountKeys keys; ///< zeros until registered
        std::uint32_t usedMegabytes = 0;
        bool signedUp = false; ///< asked to join by itself
        bool compared = false; ///< its Validation compared the codes
        TimePoint created{};
        std::optional<TimePoint> validated;
        std::string validatedBy;
        std::optional<TimePoint> codeExpires; ///< of an unused mailed code
        MailState mail;                       ///< of the latest code
        std::uint32_t hosts = 0;              ///< with a second factor
    };
    struct Request {
        std::string after; ///< `next` of the page before; empty: the first page
        std::uint32_t limit = 500;
        /// Only whose e-mail it is; if it is nobody's, those who had it and were removed. Empty: everybody.
        std::string email{};
    };
    struct Response {
        std::vector<Row> rows;
        std::string next; ///< where the next page begins; empty: this was the last one
        std::string organizationName;
        std::uint32_t seatsUsed = 0;
        std::uint32_t seats = 0;
        std::uint32_t quotaMegabytes = 0;
        std::uint32_t quotaAvailable = 0; ///< OrgAvail: not given to accounts
        bool rotationPending = false;
    };
};

/// Provisioned; the registration code is mailed.
struct NewUser {
    static constexpr std::string_view kName = "users.new";
    struct Request {
        std::string email;
        AttributeChanges attributes; ///< over the defaults of USR-0
        LockEpoch lock;
    };
    struct Response {
        AccountId account;
        AccountAttributes attributes;
    };
};

constexpr std::size_t kMostSavedAtOnce = 10'000;

/// *Save* and *Save All…*: all edits and all new accounts or none; an Error begins with the e-mail of the account that
/// stopped them.
struct EditUsers {
    static constexpr std::string_view kName = "users.edit";
    struct Edit {
        AccountId account;
        AttributeChanges changes;
        /// With `delegate` on for a Validated account; only the Administrator, who holds the root, can sign it.
        std::optional<DelegateStatement> delegate;
        /// With `delegate` off, or else nobody could check them any more: every MemberStatement that the account has
        /// signed (those of former keys and former members too), signed anew by the caller. `changed-meanwhile` when
        /// they are not exactly these.
        std::vector<MemberStatement> resigned;
    };
    /// As one `NewUser`.
    struct Added {
        std::string email;
        AttributeChanges attributes;
    };
    struct Request {
        std::vector<Edit> edits;  ///< one for each account, at most kMostSavedAtOnce
        std::vector<Added> added; ///< at most kMostSavedAtOnce
        LockEpoch lock;
    };
    struct Response {};
};

/// ACC-3. Refused unless `keys` are still the account's, the envelopes hold every epoch, and a seat is free.
struct ValidateUser {
    static constexpr std::string_view kName = "users.validate";
    struct Request {
        MemberStatement statement;                 ///< signed by the caller
        std::optional<DelegateStatement> delegate; ///< when it is to be a Delegate: the Administrator only
        std::vector<KeyEnvelope> contentKeys;      ///< one for every epoch, sealed by the caller
        bool compared = false;                     ///< both people had the same code; else audited as *unverified*
        LockEpoch lock;
    };
    struct Response {};
};

/// For a Provisioned or Registered account.
struct DismissUser {
    static constexpr std::string_view kName = "users.dismiss";
    struct Request {
        AccountId account;
        LockEpoch lock;
    };
    struct Response {};
};

/// The seat and the username are free again; sessions end, the Organization's key is to be rotated.
struct RemoveUser {
    static constexpr std::string_view kName = "users.remove";
    struct Request {
        AccountId account;
        std::vector<MemberStatement> resigned; ///< of a Delegate: as in EditUsers
        LockEpoch lock;
    };
    struct Response {};
};

/// A new code for a Provisioned account (or an unused reset); the old one is void.
struct ResendCode {
    static constexpr std::string_view kName = "users.resend";
    struct Request {
        AccountId account;
    };
    struct Response {};
};

/// TFA-2: for a day the account's hosts may set their counters anew with two consecutive codes; throttling ends.
struct PermitSync {
    static constexpr std::string_view kName = "users.sync-2factor";
    struct Request {
        AccountId account;
    };
    struct Response {};
};

/// USR-7 *Reset Pwd*: mails a code; the password is void, the account is to be registered with new keys and validated
/// again. Its hosts stay until then. A Delegate is a user until the root signs it again, and what it signed must come
/// signed anew. `refused` for the Administrator: nobody can make the Organization's root anew, `keys import` brings it
/// back.
struct ResetUserPassword {
    static constexpr std::string_view kName = "users.reset-password";
    struct Request {
        AccountId account;
        std::vector<MemberStatement> resigned; ///< by the caller: all that the account has signed
    };
    struct Response {};
};

/// *Reset Enh2FA*: forgets what the account's hosts have proved at enhanced logins. The Administrator only (TFA-4).
struct ResetEnhancedLogin {
    static constexpr std::string_view kName = "users.reset-enh2fa";
    struct Request {
        AccountId account;
    };
    struct Response {};
};

/// USR-9: to a Delegate; who gives it becomes one. Signed by the root that is given up, which also names the giver a
/// Delegate.
struct TransferAdministrator {
    static constexpr std::string_view kName = "users.transfer-admin";
    struct Request {
        RootTransfer transfer;
        DelegateStatement giver; ///< about the caller, signed by the old root
        LockEpoch lock;
    };
    struct Response {};
};

/// A new Organization content key for all Validated accounts, after somebody left. `version-conflict` when another
/// host was faster; `changed-meanwhile` when the envelopes are not exactly those of the Validated accounts.
struct RotateContentKey {
    static constexpr std::string_view kName = "keys.rotate";
    struct Envelope {
        AccountId account;
        KeyEnvelope key;
    };
    struct Request {
        Epoch epoch = 0; ///< one more than the present
        std::vector<Envelope> envelopes;
    };
    struct Response {};
};

} // namespace ssprotect::kodiac
