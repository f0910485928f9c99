#include "content_envelopes.h"

#include "vault.h"

namespace ssprotect::session {
namespace {

Result<crypto::SecretBytes> openEnvelope(const KeyChain& chain, const AccountId& account,
                                         const crypto::AgreementKey& recipient, const kodiac::KeyEnvelope& envelope) {
    const Bytes info = kodiac::keyEnvelopeInfo(chain.organization(), envelope.epoch, account);
    if (!chain.signedBy(envelope.sealer, kodiac::keyEnvelopeSignedBytes(info, recipient.publicKey(), envelope),
                        envelope.signature))
        return notSigned("a content key");
    auto key = crypto::hpkeOpen(recipient, info, {}, envelope.encapsulated, envelope.ciphertext);
    if (!key || key->size() != kContentKeySize || envelope.epoch == 0)
        return makeError(ErrorCode::integrity, "a content key from KODiAC does not open; no key was taken from it");
    return key;
}

} // namespace

Result<ContentKeys> openContentKeys(const KeyChain& chain, const AccountId& account,
                                    const crypto::AgreementKey& recipient,
                                    const std::vector<kodiac::KeyEnvelope>& envelopes, const ContentKeys& known) {
    ContentKeys keys;
    for (const auto& [epoch, key] : known)
        keys[epoch] = key.clone();
    for (const auto& envelope : envelopes) {
        auto key = openEnvelope(chain, account, recipient, envelope);
        if (!key)
            return std::move(key).error();
        const auto [at, isNew] = keys.try_emplace(envelope.epoch, std::move(*key));
        if (!isNew && !crypto::equalSecrets(at->second, *key))
            return makeError(ErrorCode::integrity,
                             "KODiAC gives another content key for an epoch that is known; no key was taken from it");
    }
    return keys;
}

Result<kodiac::KeyEnvelope> sealContentKey(ByteView contentKey, const OrganizationId& organization, Epoch epoch,
                                           const AccountId& recipient, const crypto::PublicKey& recipientKey,
                                           const Sealer& sealer, Random& random) {
    const Bytes info = kodiac::keyEnvelopeInfo(organization, epoch, recipient);
    auto sealed = crypto::hpkeSeal(recipientKey, info, {}, contentKey, random);
    if (!sealed)
        return std::move(sealed).error();
    kodiac::KeyEnvelope envelope{epoch, sealed->encapsulated, std::move(sealed->ciphertext), sealer.account, {}};
    envelope.signature = sealer.key.sign(kodiac::keyEnvelopeSignedBytes(info, recipientKey, envelope));
    return envelope;
}

} // namespace ssprotect::session
