#include "session_inside.h"

namespace ssprotect::session {
namespace {

VaultUnlock unlockWith(const HostSecrets& secrets, const AccountId& account, const PasswordKeys& passwordKeys,
                       const kodiac::PasswordDerivation& derivation) {
    return [&secrets, account, &passwordKeys, &derivation](ByteView blob) -> Result<crypto::SecretBytes> {
        auto device = secrets.deviceSecret(account);
        if (!device)
            return std::move(device).error();
        if (!*device)
            return makeError(ErrorCode::refused, "this host has not the account's device secret; import its exported "
                                                 "keys here");
        auto key = unwrapVaultKey(blob, passwordKeys.vaultWrappingKey(**device), account, derivation);
        if (!key)
            return makeError(ErrorCode::integrity, "the vault does not open with this host's device secret; import the "
                                                   "exported keys here");
        return key;
    };
}

} // namespace

Result<std::shared_ptr<Session>> SessionManager::Inside::build(std::unique_ptr<KodiacChannel>& channel, Start& start) {
    const kodiac::SessionGrant& grant = start.grant;
    auto onRecord = accounts.byId(grant.account);
    if (!onRecord)
        return std::move(onRecord).error();
    auto keys = takeKeys(*channel, {grant.account, grant.organization, *onRecord},
                         unlockWith(secrets, grant.account, start.passwordKeys, start.derivation));
    if (!keys)
        return std::move(keys).error();
    if (!grant.hostEnrolled)
        if (auto enrolled = enrol(*channel, grant, start.host, keys->vault); !enrolled)
            return std::move(enrolled).error();
    if (auto complete = completeVault(*channel, *keys, environment.random); !complete)
        return std::move(complete).error();
    if (auto kept = accounts.keep({grant.account, keys->anchor, start.email, keys->generation}); !kept)
        return std::move(kept).error();
    auto profile = profiles.loggedIn(start.email, grant.account, grant.organization);
    if (!profile)
        return std::move(profile).error();
    SessionInfo info{grant.account, grant.organization, start.host,    grant.session,
                     start.email,   profile->name,      grant.expires, grant.keysExported};
    return std::make_shared<Session>(std::make_unique<Session::State>(
        environment, accounts, std::move(channel), std::move(info), std::move(*keys), std::move(start.derivation)));
}

Result<SessionInfo> SessionManager::Inside::start(Start start) {
    auto channel = std::make_unique<KodiacChannel>(kodiac);
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
    tell([&](SessionListener& listener) { listener.sessionStarted(info); });
    return info;
}

} // namespace ssprotect::session
