#include "session_inside.h"

namespace ssprotect::session {
namespace {

using DeviceSecret = std::optional<crypto::SecretBytes>;

/// Opens the vault with the password and the device secret of this host; else with the next one that a new registration
/// left here, or the one that an approval gave it.
class Unlock {
public:
    Unlock(const HostSecrets& secrets, const SessionManager::Inside::Start& start) : secrets_(secrets), start_(start) {}

    Result<UnlockedVault> operator()(ByteView blob) const {
        auto present = secrets_.deviceSecret(start_.grant.account);
        auto next = secrets_.nextDeviceSecret(start_.grant.account);
        if (!present || !next)
            return !present ? std::move(present).error() : std::move(next).error();
        if (auto key = open(blob, *present))
            return UnlockedVault{std::move(*key)};
        if (auto key = open(blob, *next))
            return UnlockedVault{std::move(*key), std::move(*next), true, true};
        if (auto key = open(blob, start_.approvedSecret))
            return UnlockedVault{std::move(*key), start_.approvedSecret->clone(), present->has_value()};
        return doesNotOpen(*present || *next);
    }

private:
    Result<crypto::SecretBytes> open(ByteView blob, const DeviceSecret& deviceSecret) const {
        if (!deviceSecret)
            return Error{};
        return unwrapVaultKey(blob, start_.passwordKeys.vaultWrappingKey(*deviceSecret), start_.grant.account,
                              start_.derivation);
    }

    Error doesNotOpen(bool known) const {
        if (start_.approvedSecret)
            return makeError(ErrorCode::integrity, "what came as the approval does not open the vault; nothing of it "
                                                   "was kept; request it again");
        if (!known)
            return makeError(ErrorCode::hostNotApproved,
                             "this host is new to the account; have it approved on one that "
                             "is not, or import the account's exported keys here");
        if (!start_.grant.hostEnrolled)
            return makeError(ErrorCode::hostNotApproved,
                             "this host is not one of the account's any more, and its device secret does not open the "
                             "vault: the account was registered anew elsewhere after its password was reset. Ask with "
                             "`host request` here and approve it there, or import the keys exported there");
        return makeError(ErrorCode::integrity, "the vault does not open with this host's device secret; import the "
                                               "exported keys here");
    }

    const HostSecrets& secrets_;
    const SessionManager::Inside::Start& start_;
};

} // namespace

Status SessionManager::Inside::keepNewDeviceSecret(const Start& start, const TakenKeys& keys) {
    if (!keys.newDeviceSecret)
        return {};
    const AccountId& account = start.grant.account;
    const Destination& where = start.where;
    // In this order, since it may be cut off anywhere. The new secret beside a generation of the vaults that the former
    // one opens would refuse the account's vault from then on; the former secret beside a generation of the new vaults
    // would take an older vault. What a registration left here still opens the vault meanwhile; an approval is asked
    // for again.
    if (auto forgotten = secrets.forgetDeviceSecret(account); !forgotten)
        return forgotten;
    if (auto kept = accounts.keep({account, keys.chain.anchor(), where.email, keys.generation, where.servers}); !kept)
        return kept;
    return secrets.adoptDeviceSecret(account, *keys.newDeviceSecret);
}

Result<std::shared_ptr<Session>> SessionManager::Inside::build(std::unique_ptr<KodiacChannel>& channel, Start& start) {
    const kodiac::SessionGrant& grant = start.grant;
    auto onRecord = accounts.byId(grant.account);
    if (!onRecord)
        return std::move(onRecord).error();
    auto keys = takeKeys(*channel, {grant.account, grant.organization, *onRecord}, Unlock(secrets, start));
    if (!keys)
        return std::move(keys).error();
    if (auto kept = keepNewDeviceSecret(start, *keys); !kept)
        return std::move(kept).error();
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
