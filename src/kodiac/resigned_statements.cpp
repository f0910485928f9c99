#include "resigned_statements.h"

#include "member_statements.h"

namespace ssprotect::kodiac {
namespace {

bool signsAny(Context& context, const AccountId& signer) {
    return context.sql
        .one("SELECT 1 FROM member_keys WHERE organization = $1 AND signer = $2 LIMIT 1",
             {context.caller.organization, signer})
        .has_value();
}

Error changedMeanwhile() {
    return makeError(ErrorCode::changedMeanwhile,
                     "the statements that this Delegate has signed are not those that were signed anew; nothing was "
                     "changed. Log in again, which fetches them, and try again");
}

bool replace(Context& context, const AccountId& signer, const MemberStatement& statement) {
    return context.sql.execute("UPDATE member_keys SET signer = $7, signature = $8 WHERE organization = $1 AND "
                               "signer = $2 AND account = $3 AND email = $4 AND signing = $5 AND agreement = $6",
                               {context.caller.organization, signer, statement.account, statement.email,
                                statement.keys.signing, statement.keys.agreement, statement.signer,
                                statement.signature}) > 0;
}

} // namespace

Status resignStatements(Context& context, const AccountId& signer, const std::vector<MemberStatement>& resigned) {
    if (signer == context.caller.account) {
        if (!signsAny(context, signer))
            return {};
        return makeError(ErrorCode::refused, "this account has signed other members, which another Privileged User "
                                             "must sign anew; ask one of them to do this");
    }
    for (const MemberStatement& statement : resigned) {
        if (auto proved = checkSignedByCaller(context, statement); !proved)
            return proved;
        if (!replace(context, signer, statement))
            return changedMeanwhile();
    }
    return signsAny(context, signer) ? Status(changedMeanwhile()) : Status();
}

} // namespace ssprotect::kodiac
