#include "new_account.h"

namespace ssprotect::session {

crypto::SecretBytes randomSecret(std::size_t size, Random& random) {
    crypto::SecretBytes secret(size);
    random.fill(secret.bytes());
    return secret;
}

NewAccount drawAccount(const AccountId& account, const OrganizationId& organization, const SessionSettings& settings,
                       Random& random) {
    NewAccount made{crypto::SigningKey::generate(random),
                    crypto::AgreementKey::generate(random),
                    randomSecret(kDeviceSecretSize, random),
                    {}};
    made.vault.account = account;
    made.vault.organization = organization;
    made.vault.signingSeed = crypto::SecretBytes::copyOf(made.signing.seed());
    made.vault.agreementScalar = crypto::SecretBytes::copyOf(made.agreement.scalar());
    made.vault.historyDerivation = newDerivation(settings.newPassword, random);
    return made;
}

void makeRoot(NewAccount& account, Random& random) {
    account.vault.root = account.signing.publicKey();
    account.vault.contentKeys[kFirstEpoch] = randomSecret(kContentKeySize, random);
}

kodiac::MemberStatement selfStatement(const NewAccount& account, std::string_view email) {
    kodiac::MemberStatement self{account.vault.account, std::string(email), account.keys(), account.vault.account, {}};
    self.signature = account.signing.sign(kodiac::memberStatementBytes(account.vault.organization, self));
    return self;
}

Result<kodiac::KeyEnvelope> ownEnvelope(const NewAccount& account, Random& random) {
    return sealContentKey(account.vault.contentKeys.at(kFirstEpoch), account.vault.organization, kFirstEpoch,
                          account.vault.account, account.agreement.publicKey(),
                          {account.vault.account, account.signing}, random);
}

} // namespace ssprotect::session
