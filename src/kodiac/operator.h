#pragma once

#include "context.h"
#include "ssprotect/kodiac/organizations.h"

/// What the operator asks `Authority` for. There is no session: each is audited in the operator's name.
namespace ssprotect::kodiac {

/// An Organization whose Administrator is provisioned; the code is mailed, and given as its text.
Result<crypto::SecretBytes> createOrganization(Context& context, const NewOrganization& organization);

/// By name, Individuals last.
std::vector<OrganizationOverview> organizationsOf(Context& context);

/// `not-found`, `last-privileged` of an Organization.
Status setDisabled(Context& context, std::string_view email, bool disabled);

/// What the operator did. Its name stands in no account: the row has none.
struct OperatorAct {
    std::string_view operation;
    std::optional<OrganizationId> organization{}; ///< whose Privileged Users see it
    std::optional<AccountId> subject{};           ///< the account that it is about
    std::string change{};                         ///< what is otherwise now; kept as the reason
};

/// One row of the audit trail in the operator's name, in the transaction of the act.
void auditOperator(store::Transaction& sql, const OperatorAct& act);

} // namespace ssprotect::kodiac
