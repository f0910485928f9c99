#include "handlers.h"
#include "login_session.h"
#include "passwords.h"
#include "provisioning.h"
#include "second_factor.h"
#include "shares.h"
#include "ssprotect/kodiac/email.h"

namespace ssprotect::kodiac {
namespace {

constexpr Epoch kFirstEpoch = 1;

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

// An Individual is the root of its own organization: it signs itself, and seals the content key to itself.
Status checkIdentity(const CreateIndividual::Request& request) {
    const MemberStatement& self = request.self;
    if (request.account.isNull() || request.organization.isNull() || request.host.isNull())
        return invalid("account, organization and host need ids");
    if (self.account != request.account || self.signer != request.account || self.email != request.email)
        return invalid("the statement is about another account");
    if (!crypto::verifySignature(self.keys.signing, memberStatementBytes(request.organization, self), self.signature))
        return invalid("the statement is not signed by the account's own key");
    const KeyEnvelope& key = request.contentKey;
    const Bytes info = keyEnvelopeInfo(request.organization, key.epoch, request.account);
    if (key.epoch != kFirstEpoch || key.sealer != request.account ||
        !crypto::verifySignature(self.keys.signing, keyEnvelopeSignedBytes(info, self.keys.agreement, key),
                                 key.signature))
        return invalid("the content key is not sealed and signed by the account itself");
    if (request.vault.empty())
        return invalid("the vault is missing");
    return {};
}

Error emailTaken() {
    return makeError(ErrorCode::alreadyExists, "there is an account with this e-mail already; log in instead");
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

void insertMembership(Context& context, const CreateIndividual::Request& request) {
    const MemberStatement& self = request.self;
    context.sql.execute("INSERT INTO member_keys (organization, account, generation, email, signing, agreement, "
                        "signer, signature) VALUES ($1, $2, 1, $3, $4, $5, $6, $7)",
                        {request.organization, self.account, self.email, self.keys.signing, self.keys.agreement,
                         self.signer, self.signature});
    const KeyEnvelope& key = request.contentKey;
    context.sql.execute("INSERT INTO content_keys (organization, epoch, account, encapsulated, ciphertext, sealer, "
                        "signature) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                        {request.organization, key.epoch, request.account, key.encapsulated, key.ciphertext, key.sealer,
                         key.signature});
}

} // namespace

Status authenticate(Context& context, const CreateIndividual::Request& request) {
    context.claimedAccount = request.account;
    context.claimedHost = request.host;
    return checkEmail(request.email);
}

Result<CreateIndividual::Response> execute(Context& context, const CreateIndividual::Request& request) {
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
    insertMembership(context, request);
    rememberHost(context, request.account, request.host, request.hostName);
    becomeCaller(context, request.account, request.host);
    response.hotpSecret = enrolSecondFactor(context, request.account, request.host);
    response.session = startSession(context, true);
    return response;
}

} // namespace ssprotect::kodiac
