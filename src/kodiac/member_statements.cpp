#include "member_statements.h"

namespace ssprotect::kodiac {
namespace {

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

} // namespace

AccountKeys keysOf(Context& context, const AccountId& account) {
    const auto row = context.sql.one("SELECT signing, agreement FROM accounts WHERE id = $1", {account});
    return row ? AccountKeys{row->get<crypto::PublicKey>(0), row->get<crypto::PublicKey>(1)} : AccountKeys{};
}

Status checkSignedByCaller(Context& context, const MemberStatement& statement) {
    const Caller& caller = context.caller;
    if (statement.signer == caller.account &&
        crypto::verifySignature(keysOf(context, caller.account).signing,
                                memberStatementBytes(caller.organization, statement), statement.signature))
        return {};
    return invalid("the statement about " + statement.email + " is not signed by the caller's key");
}

Status checkDelegateStatement(Context& context, const DelegateStatement& statement, const AccountId& about,
                              const AccountKeys& keys) {
    const Caller& caller = context.caller;
    if (caller.privilege != Privilege::administrator)
        return makeError(ErrorCode::refused, "only the Administrator, who holds the Organization's root, can make "
                                             "somebody a Delegate");
    const auto row = context.sql.one("SELECT root FROM organizations WHERE id = $1", {caller.organization});
    const Bytes message = delegateStatementBytes(caller.organization, about, keys);
    if (row && statement.account == about && statement.signer == caller.account &&
        crypto::verifySignature(row->get<crypto::PublicKey>(0), message, statement.signature))
        return {};
    return invalid("the statement that makes a Delegate is not the root's, or about other keys than the account has");
}

void makeDelegate(Context& context, const DelegateStatement& statement) {
    context.sql.execute("INSERT INTO delegates (account, organization, signer, signature) VALUES ($1, $2, $3, $4) "
                        "ON CONFLICT (account) DO UPDATE SET signer = excluded.signer, signature = excluded.signature",
                        {statement.account, context.caller.organization, statement.signer, statement.signature});
    context.sql.execute("UPDATE accounts SET privilege = 'delegate', wants_delegate = 1, "
                        "privileged_since = COALESCE(privileged_since, $2) WHERE id = $1",
                        {statement.account, context.now()});
}

void endDelegate(Context& context, const AccountId& account) {
    context.sql.execute("DELETE FROM delegates WHERE account = $1", {account});
    context.sql.execute("UPDATE accounts SET privilege = 'user', wants_delegate = 0, privileged_since = NULL "
                        "WHERE id = $1",
                        {account});
}

} // namespace ssprotect::kodiac
