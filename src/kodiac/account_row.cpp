#include "account_row.h"

#include "account_attributes.h"
#include "wire_words.h"

namespace ssprotect::kodiac {

Result<AccountRow> accountOfOrganization(Context& context, const AccountId& account) {
    static const std::string kSelect = "SELECT a.email, a.state, a.signing, a.agreement, " +
                                       std::string(kAttributeColumns) +
                                       " FROM accounts a WHERE a.id = $1 AND a.organization = $2 FOR UPDATE";
    const auto row = context.sql.one(kSelect, {account, context.caller.organization});
    if (!row)
        return makeError(ErrorCode::notFound, "the Organization has no such account");
    context.subject = account;
    AccountRow found;
    found.account = account;
    found.email = row->get<std::string>(0);
    found.state = wire::fromWord<AccountState>(row->get<std::string>(1)).value_or(AccountState::removed);
    found.keys = {row->get<crypto::PublicKey>(2), row->get<crypto::PublicKey>(3)};
    found.attributes = attributesOf(*row, 4);
    found.privilege = wire::fromWord<Privilege>(row->get<std::string>(4 + kPrivilegeColumn)).value_or(Privilege::user);
    return found;
}

std::string emailOf(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT email FROM accounts WHERE id = $1", {account});
    return row ? row->get<std::string>(0) : std::string();
}

Error about(const AccountRow& row, Error error) {
    error.message = row.email + ": " + error.message;
    return error;
}

} // namespace ssprotect::kodiac
