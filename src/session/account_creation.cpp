#include "new_account.h"
#include "session_inside.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/session/password_policy.h"

namespace ssprotect::session {
namespace {

Result<kodiac::CreateIndividual::Request> requestFor(const NewAccount& made, const SealedVault& sealed,
                                                     std::string_view email, const HostId& host,
                                                     const SessionSettings& settings, Random& random) {
    auto envelope = ownEnvelope(made, random);
    if (!envelope)
        return std::move(envelope).error();
    return kodiac::CreateIndividual::Request{
        std::string(email),  made.vault.account,         made.vault.organization, host,
        settings.hostName,   selfStatement(made, email), sealed.newPassword(),    sealed.blob,
        std::move(*envelope)};
}

} // namespace

Status SessionManager::Inside::keepNewAccount(const NewAccount& made, const Destination& where) {
    const AccountId& account = made.vault.account;
    if (auto kept = secrets.keepDeviceSecret(account, made.deviceSecret); !kept)
        return kept;
    return accounts.keep({account, made.anchor(), where.email, kFirstGeneration, where.servers});
}

void SessionManager::Inside::forgetNewAccount(const AccountId& account) {
    static_cast<void>(accounts.forget(account));
    static_cast<void>(secrets.forgetDeviceSecret(account));
}

Result<SessionInfo> SessionManager::createIndividual(std::string_view email, ByteView password,
                                                     const ServerSet& servers) {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    if (auto good = kodiac::checkEmail(email); !good)
        return std::move(good).error();
    if (auto strong = checkNewPassword(password, email); !strong)
        return std::move(strong).error();
    if (inside_->currentSession())
        return makeError(ErrorCode::conflict, "another account is logged in; log out first");
    auto where = inside_->destination(email, servers);
    if (!where)
        return std::move(where).error();

    Random& random = inside_->environment.random;
    // An organization of one: its root is the account's own key.
    NewAccount made = drawAccount(AccountId::random(random), OrganizationId::random(random), inside_->settings, random);
    makeRoot(made, random);
    const HostId host = HostId::random(random);
    auto sealed = sealForPassword(made.vault, kFirstGeneration, password, made.deviceSecret, inside_->settings, random);
    if (!sealed)
        return std::move(sealed).error();
    auto request = requestFor(made, *sealed, email, host, inside_->settings, random);
    if (!request)
        return std::move(request).error();

    // On disk before KODiAC knows of the account: else a crash in between would leave a vault that nothing opens.
    if (auto kept = inside_->keepNewAccount(made, *where); !kept)
        return std::move(kept).error();
    auto response = KodiacChannel(where->kodiac).call<kodiac::CreateIndividual>(*request);
    if (!response) {
        if (response.error().code != ErrorCode::kodiacUnreachable)
            inside_->forgetNewAccount(made.vault.account);
        return std::move(response).error();
    }
    auto credential = inside_->newCredential(made.vault.account, host, response->hotpSecret);
    if (!credential)
        return std::move(credential).error();
    return inside_->start({std::move(response->session), host, *credential, std::move(*where),
                           std::move(sealed->passwordKeys), std::move(sealed->derivation)});
}

} // namespace ssprotect::session
