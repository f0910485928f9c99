#pragma once

#include "key_chain.h"

namespace ssprotect::session {

using ContentKeys = std::map<Epoch, crypto::SecretBytes>;

/// OCKs by epoch, each from an envelope whose sealer is or was a member and signed it (`peer-refused`), opened with the
/// account's key and equal to what is known of that epoch (`integrity`).
Result<ContentKeys> openContentKeys(const KeyChain& chain, const AccountId& account,
                                    const crypto::AgreementKey& recipient,
                                    const std::vector<kodiac::KeyEnvelope>& envelopes, const ContentKeys& known);

/// Who seals, and signs that it did.
struct Sealer {
    AccountId account;
    const crypto::SigningKey& key;
};

/// The envelope of one OCK for one account.
Result<kodiac::KeyEnvelope> sealContentKey(ByteView contentKey, const OrganizationId& organization, Epoch epoch,
                                           const AccountId& recipient, const crypto::PublicKey& recipientKey,
                                           const Sealer& sealer, Random& random);

} // namespace ssprotect::session
