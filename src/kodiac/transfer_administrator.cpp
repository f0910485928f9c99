#include "handlers.h"
#include "member_statements.h"
#include "user_row.h"

namespace ssprotect::kodiac {
namespace {

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

Status checkTaker(const UserRow& taker) {
    if (taker.state != AccountState::validated || !taker.isDelegate())
        return makeError(ErrorCode::refused, taker.email + " is no Delegate; the role goes to a validated Delegate");
    if (taker.disabled)
        return makeError(ErrorCode::refused, taker.email + " is disabled; enable the account first");
    return {};
}

Status checkTransfer(Context& context, const RootTransfer& transfer, const UserRow& taker) {
    const Caller& caller = context.caller;
    const auto row = context.sql.one("SELECT o.root, (SELECT COUNT(*) FROM root_transfers t WHERE "
                                     "t.organization = o.id) FROM organizations o WHERE o.id = $1",
                                     {caller.organization});
    if (!row)
        return makeError(ErrorCode::dataDamaged, "the Organization is missing in KODiAC's database");
    const auto root = row->get<crypto::PublicKey>(0);
    if (transfer.number != row->get<std::uint32_t>(1) + 1)
        return makeError(ErrorCode::changedMeanwhile, "the role was transferred meanwhile; log in again");
    if (transfer.from != caller.account || transfer.oldRoot != root)
        return invalid("the transfer is not from the Administrator, who holds the Organization's root");
    if (transfer.newRoot != taker.keys.signing)
        return invalid("the new root is not the key of the account that takes the role");
    if (!crypto::verifySignature(root, rootTransferBytes(caller.organization, transfer), transfer.signature))
        return invalid("the transfer is not signed by the root that is given up");
    return {};
}

void record(Context& context, const RootTransfer& transfer) {
    const Caller& caller = context.caller;
    context.sql.execute("INSERT INTO root_transfers (organization, number, giver, taker, old_root, new_root, "
                        "signature, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                        {caller.organization, transfer.number, transfer.from, transfer.to, transfer.oldRoot,
                         transfer.newRoot, transfer.signature, context.now()});
    context.sql.execute("UPDATE organizations SET root = $2 WHERE id = $1", {caller.organization, transfer.newRoot});
}

} // namespace

Result<TransferAdministrator::Response> execute(Context& context, const TransferAdministrator::Request& request) {
    const Caller& caller = context.caller;
    if (caller.privilege != Privilege::administrator)
        return makeError(ErrorCode::refused, "only the Administrator can give that role to somebody else");
    auto taker = userToAdminister(context, request.transfer.to);
    if (!taker)
        return std::move(taker).error();
    if (auto fit = checkTaker(*taker); !fit)
        return std::move(fit).error();
    if (auto good = checkTransfer(context, request.transfer, *taker); !good)
        return std::move(good).error();
    // By the root that is given up: it still is the Organization's.
    if (auto named = checkDelegateStatement(context, request.giver, caller.account, keysOf(context, caller.account));
        !named)
        return std::move(named).error();

    record(context, request.transfer);
    makeDelegate(context, request.giver);
    context.sql.execute("DELETE FROM delegates WHERE account = $1", {taker->account});
    context.sql.execute("UPDATE accounts SET privilege = 'administrator', wants_delegate = 0 WHERE id = $1",
                        {taker->account});
    mailRole(context, taker->account, Privilege::administrator);
    mailRole(context, caller.account, Privilege::delegate);
    tellOfUser(context, *taker);
    return TransferAdministrator::Response{};
}

} // namespace ssprotect::kodiac
