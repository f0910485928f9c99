#include "key_chain.h"

#include "vault.h"

namespace ssprotect::session {
namespace {

Error notSigned(const char* what) {
    return makeError(ErrorCode::peerRefused,
                     std::string(what) + " is not signed as this organization signs; no key was taken from KODiAC. "
                                         "Ask who runs it, or restore a backup");
}

Result<crypto::SecretBytes> openEnvelope(const TrustAnchor& anchor, const Members& members, const AccountId& account,
                                         const crypto::AgreementKey& recipient, const kodiac::KeyEnvelope& envelope) {
    const auto sealer = members.find(envelope.sealer);
    const Bytes info = kodiac::keyEnvelopeInfo(anchor.organization, envelope.epoch, account);
    if (sealer == members.end() ||
        !crypto::verifySignature(sealer->second.keys.signing,
                                 kodiac::keyEnvelopeSignedBytes(info, recipient.publicKey(), envelope),
                                 envelope.signature))
        return notSigned("a content key");
    auto key = crypto::hpkeOpen(recipient, info, {}, envelope.encapsulated, envelope.ciphertext);
    if (!key || key->size() != kContentKeySize || envelope.epoch == 0)
        return makeError(ErrorCode::integrity, "a content key from KODiAC does not open; no key was taken from it");
    return key;
}

} // namespace

Result<Members> verifyMembers(const TrustAnchor& anchor, const std::vector<kodiac::Member>& statements) {
    Members members;
    for (const auto& statement : statements) {
        if (!crypto::verifySignature(anchor.root, kodiac::memberStatementBytes(anchor.organization, statement),
                                     statement.signature))
            return notSigned("a member");
        if (!members.emplace(statement.account, statement).second)
            return makeError(ErrorCode::peerRefused, "KODiAC names a member twice; no key was taken from it");
    }
    return members;
}

Status requireSelf(const Members& members, const AccountId& account, const kodiac::AccountKeys& keys) {
    const auto self = members.find(account);
    if (self == members.end() || self->second.keys.signing != keys.signing ||
        self->second.keys.agreement != keys.agreement)
        return makeError(ErrorCode::peerRefused,
                         "KODiAC gives other keys for this account than its vault holds; no key was taken from it");
    return {};
}

Result<std::map<Epoch, crypto::SecretBytes>> openContentKeys(const TrustAnchor& anchor, const Members& members,
                                                             const AccountId& account,
                                                             const crypto::AgreementKey& recipient,
                                                             const std::vector<kodiac::KeyEnvelope>& envelopes,
                                                             const std::map<Epoch, crypto::SecretBytes>& known) {
    std::map<Epoch, crypto::SecretBytes> keys;
    for (const auto& [epoch, key] : known)
        keys[epoch] = key.clone();
    for (const auto& envelope : envelopes) {
        auto key = openEnvelope(anchor, members, account, recipient, envelope);
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
                                           const AccountId& sealer, const crypto::SigningKey& sealerKey,
                                           Random& random) {
    const Bytes info = kodiac::keyEnvelopeInfo(organization, epoch, recipient);
    auto sealed = crypto::hpkeSeal(recipientKey, info, {}, contentKey, random);
    if (!sealed)
        return std::move(sealed).error();
    kodiac::KeyEnvelope envelope{epoch, sealed->encapsulated, std::move(sealed->ciphertext), sealer, {}};
    envelope.signature = sealerKey.sign(kodiac::keyEnvelopeSignedBytes(info, recipientKey, envelope));
    return envelope;
}

} // namespace ssprotect::session
