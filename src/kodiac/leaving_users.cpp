#include "content_keys.h"
#include "handlers.h"
#include "login_session.h"
#include "member_statements.h"
#include "outbox.h"
#include "privileged_users.h"
#include "provisioning.h"
#include "registration_code.h"
#include "resigned_statements.h"
#include "user_row.h"

/// Accounts that go: dismissed before they came in, or removed. Hosts keep their second factor and their grants, for
/// what they have open (PROT-14).
namespace ssprotect::kodiac {
namespace {

void shutOut(Context& context, const UserRow& user) {
    voidCodeOf(context, user.account);
    withdrawMails(context, user.account);
    endSessions(context, user.account);
    // It had the content keys, perhaps before its password was reset.
    if (user.validated)
        askForRotation(context);
}

void forget(Context& context, const UserRow& user) {
    for (const std::string_view table : {"passwords", "vaults", "host_requests", "enhanced_logins", "profiles"})
        context.sql.execute("DELETE FROM " + std::string(table) + " WHERE account = $1", {user.account});
}

} // namespace

Result<DismissUser::Response> execute(Context& context, const DismissUser::Request& request) {
    auto user = userToAdminister(context, request.account);
    if (!user)
        return std::move(user).error();
    if (user->state != AccountState::provisioned && user->state != AccountState::registered)
        return makeError(ErrorCode::refused, user->state == AccountState::dismissed
                                                 ? user->email + " was dismissed already"
                                                 : user->email + " is validated; remove the account instead");
    context.sql.execute("UPDATE accounts SET state = 'dismissed', wants_delegate = 0 WHERE id = $1", {user->account});
    // The password stays: with it the person is told why there is no way in.
    shutOut(context, *user);
    mailUser(context, MailKind::dismissed, *user);
    tellOfUser(context, *user);
    return DismissUser::Response{};
}

Result<RemoveUser::Response> execute(Context& context, const RemoveUser::Request& request) {
    auto user = userToAdminister(context, request.account);
    if (!user)
        return std::move(user).error();
    endDelegate(context, user->account);
    retireAccount(context, user->account);
    if (auto left = checkPrivilegedUserLeft(context, context.caller.organization); !left)
        return std::move(left).error();
    if (user->privilege == Privilege::administrator)
        return makeError(ErrorCode::refused, "the Administrator cannot be removed; transfer the role first");
    if (auto resigned = resignStatements(context, user->account, request.resigned); !resigned)
        return std::move(resigned).error();
    shutOut(context, *user);
    forget(context, *user);
    mailUser(context, MailKind::accountRemoved, *user);
    tellOfUser(context, *user);
    return RemoveUser::Response{};
}

} // namespace ssprotect::kodiac
