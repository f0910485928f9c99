#include "new_user.h"

#include "account_attributes.h"
#include "handlers.h"
#include "organization_row.h"
#include "provisioning.h"
#include "quotas.h"
#include "ssprotect/kodiac/email.h"
#include "user_row.h"

namespace ssprotect::kodiac {
namespace {

Error emailTaken(const std::string& email) {
    return makeError(ErrorCode::alreadyExists, "there is an account with the e-mail " + email +
                                                   " already; an e-mail belongs to one account of a KODiAC");
}

/// New accounts one behind the other: each gets of the quota what those before it leave.
class NewAccounts {
public:
    explicit NewAccounts(Context& context)
        : organization_(context.caller.organization), quotas_(quotasOf(context, organization_)),
          usual_(usualAttributes(context, organization_, quotas_)) {}

    Status add(const EditUsers::Added& wanted) {
        if (auto good = checkEmail(wanted.email); !good)
            return good;
        usual_.quotaMegabytes = usualQuota(quotas_);
        auto attributes = changed(usual_, wanted.attributes, usual_.recover);
        if (!attributes)
            return std::move(attributes).error();
        quotas_.given += attributes->quotaMegabytes;
        all_.push_back({wanted.email, organization_, Privilege::user, *attributes, /*signedUp=*/false});
        return {};
    }

    const std::vector<NewAccount>& all() const { return all_; }

private:
    const OrganizationId& organization_;
    Quotas quotas_;
    AccountAttributes usual_;
    std::vector<NewAccount> all_;
};

void tellOf(Context& context, std::span<const CodeReceiver> added) {
    const Caller& caller = context.caller;
    mailCodes(context, caller.organization, added, CodeKind::registration, emailOf(context, caller.account));
    std::vector<std::string_view> emails;
    for (const CodeReceiver& each : added)
        emails.push_back(each.email);
    tellOrganization(context, caller.organization, "users", emails, caller.account);
}

} // namespace

AddedUsers addUsers(Context& context, std::span<const EditUsers::Added> wanted) {
    AddedUsers added;
    NewAccounts accounts(context);
    for (const auto& each : wanted)
        if (auto good = accounts.add(each); !good) {
            added.refusal = good.error();
            break;
        }
    const auto ids = provisionAccounts(context, accounts.all());
    std::vector<CodeReceiver> receivers;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const NewAccount& account = accounts.all()[i];
        if (!ids[i]) {
            added.refusal = emailTaken(account.email);
            break;
        }
        added.made.push_back({*ids[i], account.attributes});
        receivers.push_back({*ids[i], account.email});
    }
    if (!added.refusal)
        tellOf(context, receivers);
    return added;
}

Result<NewUser::Response> execute(Context& context, const NewUser::Request& request) {
    const OrganizationId& organization = context.caller.organization;
    const auto before = quotasOf(context, organization);
    const EditUsers::Added wanted{request.email, request.attributes};
    auto added = addUsers(context, {&wanted, 1});
    if (added.refusal)
        return std::move(*added.refusal);
    context.subject = added.made.front().account;
    if (auto enough = checkQuotas(context, organization, before); !enough)
        return std::move(enough).error();
    return std::move(added.made.front());
}

} // namespace ssprotect::kodiac
