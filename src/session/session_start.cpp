#include "session_inside.h"

namespace ssprotect::session {
namespace {

/// Opens the vault with the password and the device secret of this host, or with the next one that a new registration
/// left here, which then takes its place.
class Unlock {
public:
    Unlock(const HostSecrets& secrets, const AccountId& account, const PasswordKeys& passwordKeys,
           const kodiac::PasswordDerivation& derivation)
        : secrets_(secrets), account_(account), passwordKeys_(passwordKeys), derivation_(derivation) {}

    Result<crypto::SecretBytes> operator()(ByteView blob) const {
        auto present = secrets_.deviceSecret(account_);
        auto next = secrets_.nextDeviceSecret(account_);
        if (!present || !next)
            return !present ? std::move(present).error() : std::move(next).error();
        if (!*present && !*next)
            return makeError(ErrorCode::hostNotApproved,
                             "this host is new to the account; have it approved on one that "
                             "is not, or import the account's exported keys here");
        if (*present)
            if (auto key = open(blob, **present))
                return key;
        auto key = *next ? open(blob, **next) : Result<crypto::SecretBytes>(Error{});
        if (!key)
            return makeError(ErrorCode::integrity, "the vault does not open with this host's device secret; import the "
                                                   "exported keys here");
        if (auto adopted = secrets_.adoptNextDeviceSecret(account_, **next); !adopted)
            return std::move(adopted).error();
        return key;
    }

private:
    Result<crypto::SecretBytes> open(ByteView blob, ByteView deviceSecret) const {
        return unwrapVaultKey(blob, passwordKeys_.vaultWrappingKey(deviceSecret), account_, derivation_);
    }

    const HostSecrets& secrets_;
    const AccountId account_;
    const PasswordKeys& passwordKeys_;
    const kodiac::PasswordDerivation& derivation_;
};

} // namespace

Result<std::shared_ptr<Session>> SessionManager::Inside::build(std::unique_ptr<KodiacChannel>& channel, Start& start) {
    const kodiac::SessionGrant& grant = start.grant;
    auto onRecord = accounts.byId(grant.account);
    if (!onRecord)
        return std::move(onRecord).error();
    auto keys = takeKeys(*channel, {grant.account, grant.organization, *onRecord},
                         Unlock(secrets, grant.account, start.passwordKeys, start.derivation));
    if (!keys)
        return std::move(keys).error();
    if (!grant.hostEnrolled)
        if (auto enrolled = enrol(*channel, grant, start.host, keys->vault.signingSeed); !enrolled)
            return std::move(enrolled).error();
    if (auto complete = completeVault(*channel, *keys, environment.random); !complete)
        return std::move(complete).error();
    const Destination& where = start.where;
    if (auto kept = accounts.keep({grant.account, keys->chain.anchor(), where.email, keys->generation, where.servers});
        !kept)
        return std::move(kept).error();
    if (auto compared = accounts.setComparisonCode(grant.account, ""); !compared)
        return std::move(compared).error();
    auto profile = profiles.loggedIn(where.email, where.servers, grant.account, grant.organization);
    if (!profile)
        return std::move(profile).error();
    SessionInfo info{grant.account, grant.organization, start.host,         grant.session,     where.email,
                     profile->name, grant.expires,      grant.keysExported, grant.passwordDue, where.servers};
    return std::make_shared<Session>(std::make_unique<Session::State>(
        environment, accounts, std::move(channel), std::move(info), std::move(*keys), std::move(start.derivation)));
}

Result<SessionInfo> SessionManager::Inside::start(Start start) {
    auto channel = std::make_unique<KodiacChannel>(start.where.kodiac);
    channel->use(start.grant, start.host);
    if (start.grant.hostEnrolled)
        channel->use(start.credential);
    auto made = build(channel, start);
    if (!made) {
        static_cast<void>(channel->call<kodiac::EndSession>({}));
        if (const auto credential = channel->credential())
            static_cast<void>(credential->settle());
        return std::move(made).error();
    }
    // A new session ends the account's earlier one on this host at KODiAC by itself.
    const auto earlier = currentSession();
    endSession(SessionEnd::loggedOut, earlier && earlier->account() != (*made)->account());
    {
        const std::lock_guard lock(mutex);
        session = *made;
    }
    const SessionInfo info = (*made)->info();
    keepNextPin(info.profile, info.servers);
    doKeyDuties((*made)->state());
    tell([&](SessionListener& listener) { listener.sessionStarted(info); });
    return info;
}

} // namespace ssprotect::session
