#pragma once

#include "ssprotect/kodiac/policy_operations.h"
#include "ssprotect/session/session.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ssprotect::session {

class LockKeeper;

/// *Administer Users* and the policies, for the Privileged Users of an Organization: everybody else is
/// `not-privileged`. What has to be signed or sealed for other accounts is made here, on the host. What the Edit Lock
/// "users" guards goes under the lock that `locks` holds, else takes and gives it on the way (`lock-held`,
/// `lock-lost`). Any thread.
class Administration {
public:
    /// `locks` outlives this.
    Administration(std::shared_ptr<Session> session, LockKeeper& locks);

    /// All pages.
    Result<kodiac::ListUsers::Response> users();
    /// `not-found`. Names match as KODiAC compares them.
    Result<kodiac::ListUsers::Row> user(std::string_view email);
    /// The same; when nobody has the e-mail, the one who had it last and was removed: its history stays.
    Result<kodiac::ListUsers::Row> presentOrFormerUser(std::string_view email);

    Result<kodiac::NewUser::Response> add(std::string_view email, const kodiac::AttributeChanges& attributes);
    struct Edit {
        std::string email;
        kodiac::AttributeChanges changes;
    };
    /// *Save All…*: all of them or none; an Error begins with the e-mail of the account that stopped them.
    Status saveAll(std::span<const Edit> edits, std::span<const kodiac::EditUsers::Added> added = {});

    /// What the person at the other end must see as well (ACC-3). `refused` unless the account is Registered.
    Result<std::string> comparisonCode(std::string_view email);
    /// `code`: what the other person read out, or what was shown here and confirmed; empty: nobody compared, which is
    /// audited as *unverified*. `peer-refused` when the account's keys give another code: then nothing was sealed.
    Status validate(std::string_view email, std::string_view code);

    Status dismiss(std::string_view email);
    /// The Organization gets a new content key afterwards.
    Status remove(std::string_view email);
    Status resend(std::string_view email);
    Status permitSync(std::string_view email);
    Status resetPassword(std::string_view email);
    Status resetEnhancedLogin(std::string_view email);
    /// USR-9: the caller becomes a Delegate. `refused` unless it is the Administrator.
    Status transferAdministrator(std::string_view email);

    Result<kodiac::ShowPolicy::Response> policy();
    /// The lock's epoch is added here.
    Status setPolicy(kodiac::SetPolicy::Request wanted);

private:
    struct Subject;
    /// The account, and what this host needs to sign about it, both as they are now.
    Result<Subject> subject(std::string_view email);
    template <class Op> Result<typename Op::Response> call(const typename Op::Request& request);
    template <class Op> Result<typename Op::Response> callGuarded(typename Op::Request request);
    template <class Op> Status perform(const typename Op::Request& request);
    template <class Op> Status performGuarded(typename Op::Request request);
    Result<kodiac::ListUsers::Response> usersNamed(std::string_view email);
    Status refreshed();
    Result<kodiac::EditUsers::Edit> editFor(const kodiac::ListUsers::Row& row, const kodiac::AttributeChanges& changes);
    Result<kodiac::ValidateUser::Request> validationOf(const kodiac::ListUsers::Row& row);

    std::shared_ptr<Session> session_;
    LockKeeper& locks_;
};

} // namespace ssprotect::session
