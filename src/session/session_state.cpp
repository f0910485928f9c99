#include "session_state.h"

namespace ssprotect::session {

Session::State::State(const Environment& environment_, HostAccounts accounts_, std::unique_ptr<KodiacChannel> channel_,
                      SessionInfo info_, TakenKeys keys_, kodiac::PasswordDerivation derivation_)
    : environment(environment_), accounts(std::move(accounts_)), channel(std::move(channel_)), account(info_.account),
      signingSeed(std::move(keys_.vault.signingSeed)), agreementScalar(std::move(keys_.vault.agreementScalar)),
      organization(keys_.chain.organization()), ring(organization, std::move(keys_.vault.contentKeys)),
      info(std::move(info_)), chain(std::move(keys_.chain)), keyEpoch(keys_.keyEpoch),
      rotationPending(keys_.rotationPending), vaultKey(std::move(keys_.vaultKey)), wrap(std::move(keys_.wrap)),
      generation(keys_.generation), derivation(std::move(derivation_)),
      historyDerivation(std::move(keys_.vault.historyDerivation)),
      passwordHistory(std::move(keys_.vault.passwordHistory)) {}

Status Session::State::requireLive() {
    const std::lock_guard lock(mutex);
    if (!ended && environment.clock.now() < info.expires)
        return {};
    return makeError(ErrorCode::notLoggedIn, "the login session is over; log in again");
}

void Session::State::take(TakenKeys fresh) {
    ring.replace(std::move(fresh.vault.contentKeys));
    const std::lock_guard lock(mutex);
    chain = std::move(fresh.chain);
    keyEpoch = fresh.keyEpoch;
    rotationPending = fresh.rotationPending;
    wrap = std::move(fresh.wrap);
    generation = fresh.generation;
    historyDerivation = std::move(fresh.vault.historyDerivation);
    passwordHistory = std::move(fresh.vault.passwordHistory);
}

Status Session::State::refreshKeys() {
    auto known = accounts.byId(account);
    if (!known)
        return std::move(known).error();
    auto fresh = takeKeys(*channel, {account, organization, *known}, [this](ByteView) -> Result<UnlockedVault> {
        const std::lock_guard lock(mutex);
        return UnlockedVault{vaultKey.clone()};
    });
    if (!fresh)
        return heard(std::move(fresh)).error();
    if (auto complete = completeVault(*channel, *fresh, environment.random); !complete)
        return complete;
    if (auto kept = keepAccount(fresh->chain.anchor(), fresh->generation); !kept)
        return kept;
    take(std::move(*fresh));
    return {};
}

void Session::State::update(const kodiac::SessionGrant& grant) {
    const std::lock_guard lock(mutex);
    info.session = grant.session;
    info.expires = grant.expires;
    info.keysExported = grant.keysExported;
    info.passwordDue = grant.passwordDue;
}

Status Session::State::keepAccount(const TrustAnchor& reached, std::uint64_t reachedGeneration) {
    const SessionInfo now = shown();
    return accounts.keep({account, reached, now.email, reachedGeneration, now.servers});
}

Status Session::State::passwordChanged(SealedVault sealed, std::vector<crypto::SecretBytes> history) {
    std::uint64_t reached = 0;
    {
        const std::lock_guard lock(mutex);
        vaultKey = std::move(sealed.vaultKey);
        wrap = std::move(sealed.wrap);
        derivation = std::move(sealed.derivation);
        passwordHistory = std::move(history);
        reached = ++generation;
        info.passwordDue = false;
    }
    return keepAccount(anchor(), reached);
}

void Session::State::end(SessionEnd why) {
    const std::lock_guard lock(mutex);
    if (ended)
        return;
    ended = why;
    vaultKey = crypto::SecretBytes();
    wrap.clear();
    passwordHistory.clear();
}

std::optional<SessionEnd> Session::State::ending() const {
    const std::lock_guard lock(mutex);
    if (!ended && environment.clock.now() >= info.expires)
        return SessionEnd::expired;
    return ended;
}

SessionInfo Session::State::shown() const {
    const std::lock_guard lock(mutex);
    return info;
}

bool Session::State::knowsKey(const AccountId& member, const crypto::PublicKey& signing) const {
    const std::lock_guard lock(mutex);
    return chain.knowsKey(member, signing);
}

KeyChain Session::State::people() const {
    const std::lock_guard lock(mutex);
    return chain;
}

TrustAnchor Session::State::anchor() const {
    const std::lock_guard lock(mutex);
    return chain.anchor();
}

bool Session::State::rotationDue() const {
    const std::lock_guard lock(mutex);
    return rotationPending && chain.isPrivileged(account) && info.keysExported && !info.passwordDue;
}

Epoch Session::State::presentEpoch() const {
    const std::lock_guard lock(mutex);
    return keyEpoch;
}

VaultContent Session::State::vaultContent() const {
    VaultContent content;
    content.account = account;
    content.organization = organization;
    content.root = anchor().root;
    content.signingSeed = signingSeed.clone();
    content.agreementScalar = agreementScalar.clone();
    content.contentKeys = ring.contentKeys();
    const std::lock_guard lock(mutex);
    content.historyDerivation = historyDerivation;
    for (const auto& hash : passwordHistory)
        content.passwordHistory.push_back(hash.clone());
    return content;
}

} // namespace ssprotect::session
