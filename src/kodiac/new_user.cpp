#include "new_user.h"

#include "account_attributes.h"
#include "handlers.h"
#include "organization_row.h"
#include "provisioning.h"
#include "quotas.h"
#include "ssprotect/kodiac/email.h"
#include "user_row.h"

namespace ssprotect::kodiac {

Result<NewUser::Response> addUser(Context& context, const std::string& email, const AttributeChanges& changes) {
    const OrganizationId& organization = context.caller.organization;
    if (auto good = checkEmail(email); !good)
        return std::move(good).error();
    const auto usual = usualAttributes(context, organization, quotasOf(context, organization));
    auto attributes = changed(usual, changes, usual.recover);
    if (!attributes)
        return std::move(attributes).error();
    const auto account =
        provisionAccount(context, {email, organization, Privilege::user, *attributes, /*signedUp=*/false});
    if (!account)
        return makeError(ErrorCode::alreadyExists, "there is an account with the e-mail " + email +
                                                       " already; an e-mail belongs to one account of a KODiAC");
    mailCode(context, *account, CodeKind::registration, email, emailOf(context, context.caller.account));
    tellOrganization(context, organization, "users", email, context.caller.account);
    return NewUser::Response{*account, *attributes};
}

Result<NewUser::Response> execute(Context& context, const NewUser::Request& request) {
    const OrganizationId& organization = context.caller.organization;
    const auto before = quotasOf(context, organization);
    auto added = addUser(context, request.email, request.attributes);
    if (!added)
        return added;
    context.subject = added->account;
    if (auto enough = checkQuotas(context, organization, before); !enough)
        return std::move(enough).error();
    return added;
}

} // namespace ssprotect::kodiac
