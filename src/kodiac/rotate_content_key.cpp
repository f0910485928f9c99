#include "content_keys.h"
#include "handlers.h"
#include "member_statements.h"
#include "organization_row.h"

#include <map>

namespace ssprotect::kodiac {
namespace {

Error changedMeanwhile() {
    return makeError(ErrorCode::changedMeanwhile, "the new content key is not sealed to exactly the Validated accounts "
                                                  "and their present keys; fetch the members and try again");
}

std::map<AccountId, crypto::PublicKey> validatedAccounts(Context& context) {
    std::map<AccountId, crypto::PublicKey> accounts;
    for (const auto& row :
         context.sql.all("SELECT id, agreement FROM accounts WHERE organization = $1 AND state = 'validated'",
                         {context.caller.organization}))
        accounts[row.get<AccountId>(0)] = row.get<crypto::PublicKey>(1);
    return accounts;
}

} // namespace

Result<RotateContentKey::Response> execute(Context& context, const RotateContentKey::Request& request) {
    const Caller& caller = context.caller;
    const auto changed = context.sql.execute("UPDATE organizations SET key_epoch = key_epoch + 1, "
                                             "rotation_pending = 0 WHERE id = $1 AND key_epoch + 1 = $2",
                                             {caller.organization, request.epoch});
    if (changed == 0)
        return makeError(ErrorCode::versionConflict, "another host has made the next content key already, or this one "
                                                     "does not know the present one; log in again");
    auto due = validatedAccounts(context);
    const auto callersKey = keysOf(context, caller.account).signing;
    for (const auto& envelope : request.envelopes) {
        const auto recipient = due.find(envelope.account);
        if (recipient == due.end() || envelope.key.epoch != request.epoch)
            return changedMeanwhile();
        if (auto sealed = checkSealedByCaller(context, callersKey, {recipient->first, recipient->second}, envelope.key);
            !sealed)
            return std::move(sealed).error();
        putContentKey(context, recipient->first, envelope.key);
        due.erase(recipient);
    }
    if (!due.empty())
        return changedMeanwhile();
    tellOrganization(context, caller.organization, "keys", "rotated", caller.account);
    return RotateContentKey::Response{};
}

} // namespace ssprotect::kodiac
