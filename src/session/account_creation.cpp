#include "session_inside.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/session/password_policy.h"

namespace ssprotect::session {
namespace {

constexpr Epoch kFirstEpoch = 1;
constexpr std::uint64_t kFirstGeneration = 1;

/// Everything that is drawn for a new Individual.
struct NewAccount {
    crypto::SigningKey signing;
    crypto::AgreementKey agreement;
    crypto::SecretBytes deviceSecret;
    VaultContent vault;

    TrustAnchor anchor() const { return {vault.organization, vault.root}; }
};

crypto::SecretBytes randomSecret(std::size_t size, Random& random) {
    crypto::SecretBytes secret(size);
    random.fill(secret.bytes());
    return secret;
}

NewAccount draw(const SessionSettings& settings, Random& random) {
    NewAccount made{crypto::SigningKey::generate(random),
                    crypto::AgreementKey::generate(random),
                    randomSecret(kDeviceSecretSize, random),
                    {}};
    made.vault.account = AccountId::random(random);
    made.vault.organization = OrganizationId::random(random);
    made.vault.root = made.signing.publicKey(); // an organization of one: its root is the account's own key
    made.vault.signingSeed = crypto::SecretBytes::copyOf(made.signing.seed());
    made.vault.agreementScalar = crypto::SecretBytes::copyOf(made.agreement.scalar());
    made.vault.contentKeys[kFirstEpoch] = randomSecret(kContentKeySize, random);
    made.vault.historyDerivation = newDerivation(settings.newPassword, random);
    return made;
}

kodiac::MemberStatement selfStatement(const NewAccount& made, std::string_view email) {
    kodiac::MemberStatement self{made.vault.account,
                                 std::string(email),
                                 {made.signing.publicKey(), made.agreement.publicKey()},
                                 made.vault.account,
                                 {}};
    self.signature = made.signing.sign(kodiac::memberStatementBytes(made.vault.organization, self));
    return self;
}

Result<kodiac::CreateIndividual::Request> requestFor(const NewAccount& made, const SealedVault& sealed,
                                                     std::string_view email, const HostId& host,
                                                     const SessionSettings& settings, Random& random) {
    auto envelope =
        sealContentKey(made.vault.contentKeys.at(kFirstEpoch), made.vault.organization, kFirstEpoch, made.vault.account,
                       made.agreement.publicKey(), made.vault.account, made.signing, random);
    if (!envelope)
        return std::move(envelope).error();
    return kodiac::CreateIndividual::Request{
        std::string(email),  made.vault.account,         made.vault.organization, host,
        settings.hostName,   selfStatement(made, email), sealed.newPassword(),    sealed.blob,
        std::move(*envelope)};
}

} // namespace

Result<SessionInfo> SessionManager::createIndividual(std::string_view email, ByteView password) {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    if (auto good = kodiac::checkEmail(email); !good)
        return std::move(good).error();
    if (auto strong = checkNewPassword(password, email); !strong)
        return std::move(strong).error();
    if (inside_->currentSession())
        return makeError(ErrorCode::conflict, "another account is logged in; log out first");

    Random& random = inside_->environment.random;
    const NewAccount made = draw(inside_->settings, random);
    const HostId host = HostId::random(random);
    auto sealed = sealForPassword(made.vault, kFirstGeneration, password, made.deviceSecret, inside_->settings, random);
    if (!sealed)
        return std::move(sealed).error();
    auto request = requestFor(made, *sealed, email, host, inside_->settings, random);
    if (!request)
        return std::move(request).error();

    // On disk before KODiAC knows of the account: else a crash in between would leave a vault that nothing opens.
    const AccountId account = made.vault.account;
    if (auto kept = inside_->secrets.keepDeviceSecret(account, made.deviceSecret); !kept)
        return std::move(kept).error();
    if (auto kept = inside_->accounts.keep({account, made.anchor(), std::string(email), kFirstGeneration}); !kept)
        return std::move(kept).error();
    auto response = KodiacChannel(inside_->kodiac).call<kodiac::CreateIndividual>(*request);
    if (!response) {
        if (response.error().code != ErrorCode::kodiacUnreachable) {
            static_cast<void>(inside_->accounts.forget(account));
            static_cast<void>(inside_->secrets.forgetDeviceSecret(account));
        }
        return std::move(response).error();
    }
    auto credential = inside_->newCredential(account, host, response->hotpSecret);
    if (!credential)
        return std::move(credential).error();
    return inside_->start({std::move(response->session), host, *credential, std::string(email), sealed->passwordKeys,
                           sealed->derivation});
}

} // namespace ssprotect::session
