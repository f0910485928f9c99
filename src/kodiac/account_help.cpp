#include "handlers.h"
#include "provisioning.h"
#include "user_row.h"

namespace ssprotect::kodiac {
namespace {

Status mayHaveCode(AccountState state) {
    switch (state) {
    case AccountState::provisioned:
        return {};
    case AccountState::registered:
        return makeError(ErrorCode::refused, "it has registered with its code already and waits for Validation");
    case AccountState::validated:
        return makeError(ErrorCode::refused,
                         "it is Validated and needs no code; Reset Pwd mails one for a new password");
    default:
        return makeError(ErrorCode::refused, "it was dismissed; remove it, then make it anew");
    }
}

} // namespace

Result<ResendCode::Response> execute(Context& context, const ResendCode::Request& request) {
    const auto user = userToAdminister(context, request.account);
    if (!user)
        return user.error();
    if (auto may = mayHaveCode(user->state); !may)
        return makeError(may.error().code, user->email + ": " + may.error().message);
    mailCode(context, user->account, codeKindOf(context, user->account), user->email,
             emailOf(context, context.caller.account));
    tellOfUser(context, *user);
    return ResendCode::Response{};
}

// TFA-4: what a host has proved at an enhanced login is forgotten; the next login asks again.
Result<ResetEnhancedLogin::Response> execute(Context& context, const ResetEnhancedLogin::Request& request) {
    if (context.caller.privilege != Privilege::administrator)
        return makeError(ErrorCode::notPrivileged, "only the Administrator changes the enhanced login second factor, "
                                                   "Delegates do not");
    const auto user = userToAdminister(context, request.account);
    if (!user)
        return user.error();
    context.sql.execute("DELETE FROM enhanced_logins WHERE account = $1", {user->account});
    return ResetEnhancedLogin::Response{};
}

} // namespace ssprotect::kodiac
