#include "new_account.h"
#include "session_inside.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "ssprotect/session/password_policy.h"

namespace ssprotect::session {
namespace {

using Begun = kodiac::StartRegistration::Response;

Error exchanged() {
    return makeError(ErrorCode::peerRefused,
                     "KODiAC gives this e-mail an account that this host knows as another one's; "
                     "nothing was registered");
}

/// A new registration of an account that is known here (after *Reset Pwd*) is of the same Organization and KODiAC.
Status checkKnown(const std::optional<HostAccount>& known, const Begun& begun, const ServerSet& servers) {
    if (!known)
        return {};
    const bool same = sameKodiac(known->servers, servers) && known->anchor.organization == begun.organization;
    return same ? Status{} : Status{exchanged()};
}

Result<kodiac::FinishRegistration::Request> requestFor(const NewAccount& made, const SealedVault& sealed,
                                                       const std::string& email, const HostId& host, bool makesRoot,
                                                       const SessionSettings& settings, Random& random) {
    kodiac::FinishRegistration::Request request;
    request.email = email;
    request.host = host;
    request.hostName = settings.hostName;
    request.keys = made.keys();
    request.proof = made.signing.sign(
        kodiac::registrationBytes(made.vault.organization, made.vault.account, request.keys, sealed.blob));
    request.password = sealed.newPassword();
    request.vault = sealed.blob;
    if (!makesRoot)
        return request;
    auto envelope = ownEnvelope(made, random);
    if (!envelope)
        return std::move(envelope).error();
    request.self = selfStatement(made, email);
    request.contentKey = std::move(*envelope);
    return request;
}

} // namespace

// On disk before KODiAC knows of the keys, as with a new Individual. What was there before stays until the new keys
// have opened a vault, root and generation too: a KODiAC that refuses the registration then has changed nothing here.
Status SessionManager::Inside::keepRegistration(const NewAccount& made, const std::optional<HostAccount>& known,
                                                const Destination& where) {
    if (!known)
        return keepNewAccount(made, where);
    return secrets.keepNextDeviceSecret(made.vault.account, made.deviceSecret);
}

Result<Registration> SessionManager::Inside::finishRegistration(const NewAccount& made, SealedVault sealed,
                                                                kodiac::FinishRegistration::Request request,
                                                                Destination where, bool isNew) {
    const AccountId& account = made.vault.account;
    auto response = KodiacChannel(where.kodiac).call<kodiac::FinishRegistration>(request);
    if (!response) {
        const bool refused = response.error().code != ErrorCode::kodiacUnreachable;
        if (refused && isNew)
            forgetNewAccount(account);
        else if (refused)
            static_cast<void>(secrets.forgetNextDeviceSecret(account));
        return std::move(response).error();
    }
    // The second factors of before are void.
    if (auto forgotten = secrets.forgetEnrolment(account); !forgotten)
        return std::move(forgotten).error();
    Registration registration;
    registration.softwareId = response->softwareId;
    registration.comparisonCode = kodiac::comparisonCode(made.vault.root, made.keys());
    if (!response->first) {
        if (auto noted = accounts.setComparisonCode(account, registration.comparisonCode); !noted)
            return std::move(noted).error();
        if (auto profile = profiles.registered(where.email, where.servers); !profile)
            return std::move(profile).error();
        return registration;
    }
    auto credential = newCredential(account, request.host, response->first->hotpSecret);
    if (!credential)
        return std::move(credential).error();
    auto started = start({std::move(response->first->session), request.host, *credential, std::move(where),
                          std::move(sealed.passwordKeys), std::move(sealed.derivation)});
    if (!started)
        return std::move(started).error();
    registration.session = std::move(*started);
    return registration;
}

Result<Registration> SessionManager::registerAccount(std::string_view email, const ServerSet& servers,
                                                     std::string_view code, ByteView password) {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    const SessionSettings& settings = inside_->settings;
    Random& random = inside_->environment.random;
    if (auto good = kodiac::checkEmail(email); !good)
        return std::move(good).error();
    auto bytes = kodiac::mailedCodeFromText(code);
    if (!bytes)
        return std::move(bytes).error();
    if (inside_->currentSession())
        return makeError(ErrorCode::conflict, "another account is logged in; log out first");
    auto where = inside_->destination(email, servers);
    if (!where)
        return std::move(where).error();

    const HostId host = HostId::random(random);
    auto begun = KodiacChannel(where->kodiac).call<kodiac::StartRegistration>({where->email, host, bytes->clone()});
    if (!begun)
        return std::move(begun).error();
    if (auto strong = checkNewPassword(password, email, "password", begun->passwordRules); !strong)
        return std::move(strong).error();
    auto known = inside_->accounts.byId(begun->account);
    if (!known)
        return std::move(known).error();
    if (auto same = checkKnown(*known, *begun, where->servers); !same)
        return std::move(same).error();

    NewAccount made = drawAccount(begun->account, begun->organization, settings, random);
    if (begun->makesRoot)
        makeRoot(made, random);
    else
        made.vault.root = begun->root;
    auto sealed = sealForPassword(made.vault, kFirstGeneration, password, made.deviceSecret, settings, random);
    if (!sealed)
        return std::move(sealed).error();
    auto request = requestFor(made, *sealed, where->email, host, begun->makesRoot, settings, random);
    if (!request)
        return std::move(request).error();
    request->code = std::move(*bytes);
    if (auto kept = inside_->keepRegistration(made, *known, *where); !kept)
        return std::move(kept).error();
    auto finished = inside_->finishRegistration(made, std::move(*sealed), std::move(*request), std::move(*where),
                                                !known->has_value());
    if (finished)
        finished->organizationName = begun->organizationName;
    return finished;
}

Result<std::string> SessionManager::comparisonCode(const LoginTarget& target) {
    const std::lock_guard lock(inside_->operations);
    auto where = inside_->destination(target);
    if (!where)
        return std::move(where).error();
    auto known = inside_->accounts.byEmail(where->email, where->servers);
    if (!known)
        return std::move(known).error();
    auto code = *known ? inside_->accounts.comparisonCode((*known)->account) : Result<std::string>(std::string());
    if (code && code->empty())
        return makeError(ErrorCode::notFound, "no registration of this account waits for its Validation on this host");
    return code;
}

Status SessionManager::signUp(std::string_view email, const ServerSet& servers, std::string_view organization) {
    const std::lock_guard lock(inside_->operations);
    if (auto good = kodiac::checkEmail(email); !good)
        return good;
    auto where = inside_->destination(email, servers);
    if (!where)
        return std::move(where).error();
    auto asked = KodiacChannel(where->kodiac)
                     .call<kodiac::RequestSignUp>(
                         {where->email, std::string(organization), HostId::random(inside_->environment.random)});
    return asked ? Status{} : Status{std::move(asked).error()};
}

} // namespace ssprotect::session
