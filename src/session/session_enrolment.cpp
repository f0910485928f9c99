#include "session_inside.h"

namespace ssprotect::session {
namespace {

HotpCounter counterOn(HostAccounts accounts, const AccountId& account, const HostId& host,
                      const HotpCounter::Kept& kept) {
    return HotpCounter(kept, [accounts, account, host](const HotpCounter::Kept& ahead) mutable {
        return accounts.keepCounter(host, account, ahead);
    });
}

} // namespace

Result<std::shared_ptr<HostCredential>> SessionManager::Inside::credentialFor(const AccountId& account,
                                                                              HostSecrets::Enrolment enrolment) {
    const std::lock_guard lock(mutex);
    if (auto inUse = credentials[enrolment.host].lock())
        return inUse;
    auto kept = accounts.counter(enrolment.host);
    if (!kept)
        return std::move(kept).error();
    std::optional<TokenCodes> token;
    if (enrolment.oathDigits != 0)
        token.emplace(enrolment.oathDigits, settings.oathCode);
    auto credential =
        std::make_shared<HostCredential>(enrolment.host, std::move(enrolment.hotpSecret), std::move(token),
                                         counterOn(accounts, account, enrolment.host, *kept));
    credentials[enrolment.host] = credential;
    return credential;
}

Result<std::shared_ptr<HostCredential>> SessionManager::Inside::newCredential(const AccountId& account,
                                                                              const HostId& host, ByteView hotpSecret) {
    // The counter first: the secret's file is what makes the two count.
    if (auto reset = accounts.keepCounter(host, account, {}); !reset)
        return std::move(reset).error();
    if (auto kept = secrets.keepEnrolment(account, host, hotpSecret); !kept)
        return std::move(kept).error();
    auto credential = std::make_shared<HostCredential>(host, crypto::SecretBytes::copyOf(hotpSecret), std::nullopt,
                                                       counterOn(accounts, account, host, {}));
    const std::lock_guard lock(mutex);
    credentials[host] = credential;
    return credential;
}

Status SessionManager::Inside::enrol(KodiacChannel& channel, const kodiac::SessionGrant& grant, const HostId& host,
                                     ByteView signingSeed) {
    // What KODiAC no longer takes goes first: whoever finds no secret here comes as a new host, whereas a
    // stale one would lock this host out if the reply were lost.
    if (auto forgotten = secrets.forgetEnrolment(grant.account); !forgotten)
        return forgotten;
    auto key = crypto::SigningKey::fromPrivate(signingSeed);
    if (!key)
        return std::move(key).error();
    auto response =
        channel.call<kodiac::EnrolHost>({key->sign(kodiac::enrolSignedBytes(grant.session, grant.account, host))});
    if (!response)
        return std::move(response).error();
    auto credential = newCredential(grant.account, host, response->hotpSecret);
    if (!credential)
        return std::move(credential).error();
    channel.use(*credential);
    return {};
}

} // namespace ssprotect::session
