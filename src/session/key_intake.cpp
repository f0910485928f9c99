#include "key_intake.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

Status checkGeneration(const Expectation& expected, std::uint64_t generation) {
    if (expected.onRecord && generation < expected.onRecord->vaultGeneration)
        return makeError(ErrorCode::integrity, "KODiAC gave an older vault than this host has seen; no key was taken "
                                               "from it. If its data was restored on purpose, use restore-backup, or, "
                                               "for an account on a server, import its exported keys here");
    return {};
}

/// Whether the root that the vault holds is one of those that KODiAC tells of; which of them count is the chain's to
/// say.
bool isToldOf(const crypto::PublicKey& root, const kodiac::GetVault::Response& response) {
    return response.organizationRoot.signing == root ||
           std::any_of(response.transfers.begin(), response.transfers.end(),
                       [&](const auto& transfer) { return transfer.oldRoot == root; });
}

/// Of an Organization that the account founded: its own key.
bool isOwnRoot(const VaultContent& vault) {
    const auto signing = crypto::SigningKey::fromPrivate(vault.signingSeed);
    return signing && signing->publicKey() == vault.root;
}

Result<TrustAnchor> anchorFor(const Expectation& expected, const VaultContent& vault, bool registeredHere,
                              const kodiac::GetVault::Response& response) {
    // A first Administrator who has to register once more makes the root once more.
    const bool madeHere = registeredHere && isOwnRoot(vault);
    const TrustAnchor anchor =
        expected.onRecord && !madeHere ? expected.onRecord->anchor : TrustAnchor{vault.organization, vault.root};
    if (vault.organization != anchor.organization || expected.organization != anchor.organization ||
        !isToldOf(vault.root, response))
        return makeError(ErrorCode::peerRefused, "KODiAC names another root for this organization than this host and "
                                                 "the vault hold; no key was taken from it");
    return anchor;
}

Status takeFromChain(TakenKeys& keys, const TrustAnchor& anchor, const kodiac::GetVault::Response& response) {
    auto signing = crypto::SigningKey::fromPrivate(keys.vault.signingSeed);
    auto agreement = crypto::AgreementKey::fromPrivate(keys.vault.agreementScalar);
    if (!signing || !agreement)
        return makeError(ErrorCode::integrity, "the vault holds no usable keys");
    auto chain = KeyChain::prove(anchor, response);
    if (!chain)
        return std::move(chain).error();
    if (auto self = requireSelf(*chain, keys.vault.account, {signing->publicKey(), agreement->publicKey()}); !self)
        return self;
    auto contentKeys =
        openContentKeys(*chain, keys.vault.account, *agreement, response.contentKeys, keys.vault.contentKeys);
    if (!contentKeys)
        return std::move(contentKeys).error();
    keys.chain = std::move(*chain);
    keys.envelopesAddedKeys = contentKeys->size() > keys.vault.contentKeys.size();
    keys.vault.contentKeys = std::move(*contentKeys);
    keys.vault.root = keys.chain.anchor().root;
    return {};
}

} // namespace

Result<TakenKeys> takeKeys(KodiacChannel& channel, const Expectation& expected, const VaultUnlock& unlock) {
    auto response = channel.call<kodiac::GetVault>({});
    if (!response)
        return std::move(response).error();
    auto unlocked = unlock(response->vault);
    if (!unlocked)
        return std::move(unlocked).error();
    if (!unlocked->registeredAnew)
        if (auto fresh = checkGeneration(expected, response->generation); !fresh)
            return std::move(fresh).error();
    TakenKeys keys;
    keys.generation = response->generation;
    keys.vaultKey = std::move(unlocked->key);
    keys.newDeviceSecret = std::move(unlocked->newDeviceSecret);
    auto wrap = wrapOf(response->vault);
    auto vault = openVault(response->vault, response->generation, expected.account, keys.vaultKey);
    if (!wrap || !vault)
        return !wrap ? std::move(wrap).error() : std::move(vault).error();
    keys.wrap = std::move(*wrap);
    keys.vault = std::move(*vault);
    auto anchor = anchorFor(expected, keys.vault, unlocked->registeredHere, *response);
    if (!anchor)
        return std::move(anchor).error();
    if (auto taken = takeFromChain(keys, *anchor, *response); !taken)
        return std::move(taken).error();
    keys.keyEpoch = response->keyEpoch;
    keys.rotationPending = response->rotationPending;
    return keys;
}

Status completeVault(KodiacChannel& channel, TakenKeys& keys, Random& random) {
    if (!keys.envelopesAddedKeys)
        return {};
    auto put = channel.call<kodiac::PutVault>(
        {keys.generation, sealVault(keys.vault, keys.generation + 1, keys.vaultKey, keys.wrap, random)});
    if (put) {
        ++keys.generation;
        keys.envelopesAddedKeys = false;
        return {};
    }
    return put.error().code == ErrorCode::versionConflict ? Status{} : Status(put.error());
}

} // namespace ssprotect::session
