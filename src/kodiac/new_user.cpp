#include "account_attributes.h"
#include "handlers.h"
#include "organization_row.h"
#include "provisioning.h"
#include "quotas.h"
#include "ssprotect/kodiac/email.h"
#include "user_row.h"

namespace ssprotect::kodiac {

Result<NewUser::Response> execute(Context& context, const NewUser::Request& request) {
    const OrganizationId& organization = context.caller.organization;
    if (auto good = checkEmail(request.email); !good)
        return std::move(good).error();
    const auto before = quotasOf(context, organization);
    const auto usual = usualAttributes(context, organization, before);
    auto attributes = changed(usual, request.attributes, usual.recover);
    if (!attributes)
        return std::move(attributes).error();
    const auto account =
        provisionAccount(context, {request.email, organization, Privilege::user, *attributes, /*signedUp=*/false});
    if (!account)
        return makeError(ErrorCode::alreadyExists, "there is an account with the e-mail " + request.email +
                                                       " already; an e-mail belongs to one account of a KODiAC");
    context.subject = *account;
    if (auto enough = checkQuotas(context, organization, before); !enough)
        return std::move(enough).error();
    mailCode(context, *account, CodeKind::registration, request.email, emailOf(context, context.caller.account));
    tellOrganization(context, organization, "users", request.email, context.caller.account);
    return NewUser::Response{*account, *attributes};
}

} // namespace ssprotect::kodiac
