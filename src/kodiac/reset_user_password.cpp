#include "handlers.h"
#include "login_session.h"
#include "member_statements.h"
#include "privileged_users.h"
#include "provisioning.h"
#include "resigned_statements.h"
#include "user_row.h"

namespace ssprotect::kodiac {
namespace {

Status checkResettable(const UserRow& user) {
    if (user.privilege == Privilege::administrator)
        return makeError(ErrorCode::refused, "the Administrator's keys are the Organization's root, which nobody can "
                                             "make anew; use `keys import` on a host of that account");
    if (user.state == AccountState::registered || user.state == AccountState::validated)
        return {};
    return makeError(ErrorCode::refused, user.state == AccountState::provisioned
                                             ? user.email + " is to register already; send the code again"
                                             : user.email + " was dismissed");
}

} // namespace

// What the hosts need to finish what they have open (PROT-14) stays until the new keys are there: their second
// factors, the account's key generation, its content keys.
Result<ResetUserPassword::Response> execute(Context& context, const ResetUserPassword::Request& request) {
    auto user = userToAdminister(context, request.account);
    if (!user)
        return std::move(user).error();
    if (user->account == context.caller.account)
        return makeError(ErrorCode::refused, "Reset Pwd is for others; one's own password is changed with "
                                             "`account change-password`, a lost one with `keys import`");
    if (auto resettable = checkResettable(*user); !resettable)
        return std::move(resettable).error();
    if (user->isDelegate())
        endDelegate(context, user->account);
    context.sql.execute("UPDATE accounts SET state = 'provisioned', wants_delegate = $2 WHERE id = $1",
                        {user->account, user->isDelegate() || user->wantsDelegate});
    if (auto left = checkPrivilegedUserLeft(context, context.caller.organization); !left)
        return std::move(left).error();
    if (auto resigned = resignStatements(context, user->account, request.resigned); !resigned)
        return std::move(resigned).error();
    context.sql.execute("DELETE FROM passwords WHERE account = $1", {user->account});
    context.sql.execute("DELETE FROM vaults WHERE account = $1", {user->account});
    endSessions(context, user->account);
    mailCode(context, user->account, CodeKind::passwordReset, user->email, emailOf(context, context.caller.account));
    tellOfUser(context, *user);
    return ResetUserPassword::Response{};
}

} // namespace ssprotect::kodiac
