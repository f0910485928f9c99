#include "registration_code.h"

#include "provisioning.h"
#include "ssprotect/kodiac/email.h"
#include "wire/words.h"

namespace ssprotect::kodiac {
namespace {

std::string hoursText(Duration life) {
    const auto hours = std::chrono::round<std::chrono::hours>(life).count();
    return std::to_string(hours) + (hours == 1 ? " hour" : " hours");
}

/// For who holds a code that ran out.
std::string wayOn(std::string_view state) {
    return state == wire::Words<AccountState>::of(AccountState::removed)
               ? "ask to join the Organization again"
               : "ask a Privileged User of the Organization to send a new one";
}

} // namespace

Result<CodeHolder> holderOfCode(Context& context, std::string_view email, ByteView code) {
    const auto row =
        context.sql.one("SELECT c.account, a.organization, a.email_key, c.expires, c.used, c.created, "
                        "a.state FROM registration_codes c JOIN accounts a ON a.id = c.account WHERE c.hash = $1",
                        {codeHash(code)});
    if (!row)
        return makeError(ErrorCode::notFound, "KODiAC knows no such code; take the one that was mailed last, every "
                                              "earlier one is void");
    const bool used = !row->isNull(4);
    const auto expires = row->get<TimePoint>(3);
    // Before the address: a sign-up that nobody finished has given its address up by then.
    if (!used && expires <= context.now())
        return makeError(ErrorCode::expired, "this code has expired, it held for " +
                                                 hoursText(expires - row->get<TimePoint>(5)) + "; " +
                                                 wayOn(row->get<std::string>(6)));
    if (row->get<std::string>(2) != emailKey(email))
        return makeError(ErrorCode::refused, "this code was mailed to another address; give the address it came to");
    return CodeHolder{row->get<AccountId>(0), row->get<OrganizationId>(1), used};
}

Error codeWasUsed() {
    return makeError(ErrorCode::refused, "this code was used already; if it was not you, tell a Privileged User of the "
                                         "Organization at once");
}

bool useCodeOf(Context& context, const AccountId& account) {
    return context.sql.execute("UPDATE registration_codes SET used = $2 WHERE account = $1 AND used IS NULL",
                               {account, context.now()}) == 1;
}

void voidCodeOf(Context& context, const AccountId& account) {
    context.sql.execute("DELETE FROM registration_codes WHERE account = $1", {account});
}

} // namespace ssprotect::kodiac
