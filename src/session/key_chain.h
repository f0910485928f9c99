#pragma once

#include "ssprotect/kodiac/operations.h"

#include <map>

namespace ssprotect::session {

/// What this host holds for true, whatever KODiAC says.
struct TrustAnchor {
    OrganizationId organization;
    crypto::PublicKey root{};
};

using Members = std::map<AccountId, kodiac::MemberStatement>;

/// Every statement signed by the root, no account twice, else `peer-refused` for all of them: a KODiAC that
/// slipped in one stranger is not to be believed about the rest.
Result<Members> verifyMembers(const TrustAnchor& anchor, const std::vector<kodiac::Member>& statements);

/// `peer-refused` unless the account is a member with exactly these keys.
Status requireSelf(const Members& members, const AccountId& account, const kodiac::AccountKeys& keys);

/// OCKs by epoch, each from an envelope whose sealer is a member and signed it (`peer-refused`), opened with the
/// account's key and equal to what is known of that epoch (`integrity`).
Result<std::map<Epoch, crypto::SecretBytes>> openContentKeys(const TrustAnchor& anchor, const Members& members,
                                                             const AccountId& account,
                                                             const crypto::AgreementKey& recipient,
                                                             const std::vector<kodiac::KeyEnvelope>& envelopes,
                                                             const std::map<Epoch, crypto::SecretBytes>& known);

/// The envelope of one OCK for one account.
Result<kodiac::KeyEnvelope> sealContentKey(ByteView contentKey, const OrganizationId& organization, Epoch epoch,
                                           const AccountId& recipient, const crypto::PublicKey& recipientKey,
                                           const AccountId& sealer, const crypto::SigningKey& sealerKey,
                                           Random& random);

} // namespace ssprotect::session
