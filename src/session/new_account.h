#pragma once

#include "content_envelopes.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "vault.h"

namespace ssprotect::session {

using kodiac::kFirstEpoch;
constexpr std::uint64_t kFirstGeneration = 1;

/// Everything that is drawn for a new account.
struct NewAccount {
    crypto::SigningKey signing;
    crypto::AgreementKey agreement;
    crypto::SecretBytes deviceSecret;
    VaultContent vault; ///< of these ids and keys; without a root and content keys

    kodiac::AccountKeys keys() const { return {signing.publicKey(), agreement.publicKey()}; }
    TrustAnchor anchor() const { return {vault.organization, vault.root}; }
};
NewAccount drawAccount(const AccountId& account, const OrganizationId& organization, const SessionSettings& settings,
                       Random& random);

/// Its own key is the root, and it makes the first content key.
void makeRoot(NewAccount& account, Random& random);
kodiac::MemberStatement selfStatement(const NewAccount& account, std::string_view email);
Result<kodiac::KeyEnvelope> ownEnvelope(const NewAccount& account, Random& random);

crypto::SecretBytes randomSecret(std::size_t size, Random& random);

} // namespace ssprotect::session
