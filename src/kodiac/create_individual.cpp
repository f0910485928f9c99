#include "first_keys.h"
#include "handlers.h"
#include "passwords.h"
#include "provisioning.h"
#include "shares.h"
#include "ssprotect/kodiac/email.h"

namespace ssprotect::kodiac {
namespace {

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

FirstKeys firstKeysOf(const CreateIndividual::Request& request) {
    return {request.organization, request.account, request.email, request.self, request.contentKey};
}

// An Individual is the root of its own organization: it signs itself, and seals the content key to itself.
Status checkIdentity(const CreateIndividual::Request& request) {
    if (request.account.isNull() || request.organization.isNull() || request.host.isNull())
        return invalid("account, organization and host need ids");
    if (request.vault.empty())
        return invalid("the vault is missing");
    if (request.self.email != request.email)
        return invalid("the statement is about another account");
    return checkFirstKeys(firstKeysOf(request));
}

Error emailTaken() {
    return makeError(ErrorCode::alreadyExists, "there is an account with this e-mail already; log in instead");
}

Status checkAllowed(const Context& context) {
    if (context.services.settings.individuals)
        return {};
    return makeError(
        ErrorCode::refused,
        "this KODiAC takes no Individual Accounts; register with the code that your Organization had mailed "
        "to you, or make the account without a server");
}

Status checkFree(Context& context, const CreateIndividual::Request& request) {
    const auto taken = context.sql.one("SELECT 1 FROM accounts WHERE email_key = $1 OR id = $2 "
                                       "UNION SELECT 1 FROM organizations WHERE id = $3",
                                       {emailKey(request.email), request.account, request.organization});
    if (taken)
        return emailTaken();
    return {};
}

void insertOrganization(Context& context, const CreateIndividual::Request& request) {
    context.sql.execute("INSERT INTO organizations (id, root, share_epoch, key_epoch, created) "
                        "VALUES ($1, $2, $3, $4, $5)",
                        {request.organization, request.self.keys.signing, kFirstEpoch, kFirstEpoch, context.now()});
    drawShareRoot(context, request.organization, kFirstEpoch);
}

Status insertAccount(Context& context, const CreateIndividual::Request& request, std::string_view softwareId) {
    const AccountKeys& keys = request.self.keys;
    // Optimized: an embedded KODiAC keeps no archive (REC-1).
    const auto made = context.sql.execute(
        "INSERT INTO accounts (id, organization, email, email_key, state, privilege, software_id, signing, agreement, "
        "mode, created) VALUES ($1, $2, $3, $4, 'validated', 'individual', $5, $6, $7, $8, $9) "
        "ON CONFLICT (email_key) DO NOTHING",
        {request.account, request.organization, request.email, emailKey(request.email), softwareId, keys.signing,
         keys.agreement, static_cast<int>(container::ConversionMode::optimized), context.now()});
    if (made == 0) // by somebody at the same time
        return emailTaken();
    context.sql.execute("INSERT INTO vaults (account, generation, content) VALUES ($1, 1, $2)",
                        {request.account, request.vault});
    storePassword(context, request.account, request.password);
    return {};
}

} // namespace

Status authenticate(Context& context, const CreateIndividual::Request& request) {
    context.claimedAccount = request.account;
    context.claimedHost = request.host;
    return checkEmail(request.email);
}

Result<CreateIndividual::Response> execute(Context& context, const CreateIndividual::Request& request) {
    if (auto allowed = checkAllowed(context); !allowed)
        return std::move(allowed).error();
    if (auto identified = checkIdentity(request); !identified)
        return std::move(identified).error();
    if (auto fitting = checkNewPassword(context, request.password); !fitting)
        return std::move(fitting).error();
    if (auto free = checkFree(context, request); !free)
        return std::move(free).error();

    CreateIndividual::Response response;
    response.softwareId = drawSoftwareId(context);
    insertOrganization(context, request);
    if (auto inserted = insertAccount(context, request, response.softwareId); !inserted)
        return std::move(inserted).error();
    insertFirstKeys(context, firstKeysOf(request));
    auto first = startFirstSession(context, request.account, request.host, request.hostName);
    response.hotpSecret = std::move(first.hotpSecret);
    response.session = std::move(first.session);
    return response;
}

} // namespace ssprotect::kodiac
