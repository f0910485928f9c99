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

/// One row of the audit trail in the operator's name, about that Organization if there is one.
void auditOperator(store::Transaction& sql, std::string_view operation,
                   const std::optional<OrganizationId>& organization);

/// One row of the audit trail in the operator's name, about that account if there is one.
void auditOperator(Context& context, std::string_view operation, const std::optional<AccountId>& account);

} // namespace ssprotect::kodiac
