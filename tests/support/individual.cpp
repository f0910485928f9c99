#include "support/individual.h"

#include "ssprotect/twofactor/hotp.h"

#include <algorithm>

namespace ssprotect::test {

using namespace kodiac;

namespace {

constexpr crypto::ScryptLimits kAnything{2, 1u << 20};
constexpr std::size_t kNonceSize = 24;

template <class Item, class Response> Result<Item> only(Result<Response> response) {
    if (!response)
        return std::move(response).error();
    Item item = std::move(response->items.at(0));
    if (item.error)
        return std::move(*item.error);
    return item;
}

} // namespace

Individual::Individual(Kodiac& kodiac, Random& random, std::string address)
    : email(std::move(address)), account(AccountId::random(random)), organization(OrganizationId::random(random)),
      host(HostId::random(random)), vault(64), kodiac_(&kodiac), random_(&random), clientNonce_(kNonceSize),
      signing_(crypto::SigningKey::generate(random)), agreement_(crypto::AgreementKey::generate(random)),
      contentKey_(32) {
    random.fill(vault);
    random.fill(clientNonce_);
    random.fill(contentKey_.bytes());
}

Individual::Individual(const Individual& other, const HostId& newHost)
    : email(other.email), password(other.password), hostName("another"), account(other.account),
      organization(other.organization), host(newHost), vault(other.vault), vaultGeneration(other.vaultGeneration),
      softwareId(other.softwareId), kodiac_(other.kodiac_), random_(other.random_), clientNonce_(other.clientNonce_),
      signing_(*crypto::SigningKey::fromPrivate(other.signing_.seed())),
      agreement_(*crypto::AgreementKey::fromPrivate(other.agreement_.scalar())),
      contentKey_(other.contentKey_.clone()) {
    mailbox = other.mailbox;
}

Individual Individual::onAnotherHost() const { return {*this, HostId::random(*random_)}; }

void Individual::replaceKeys() {
    signing_ = crypto::SigningKey::generate(*random_);
    agreement_ = crypto::AgreementKey::generate(*random_);
}

crypto::SecretBytes Individual::authenticationKey(std::string_view ofPassword,
                                                  const PasswordDerivation& derivation) const {
    auto stretched = crypto::scrypt(viewOf(ofPassword), derivation.salt, derivation.scrypt, kAnything, 32);
    return crypto::hkdf(crypto::HashAlgorithm::sha512, stretched.value(), {}, viewOf("authentication"), 32);
}

NewPassword Individual::newPassword(std::string_view next) const {
    NewPassword made;
    made.derivation.salt.resize(16);
    random_->fill(made.derivation.salt);
    made.derivation.scrypt = stretching;
    const auto verifier = crypto::scramVerifier(authenticationKey(next, made.derivation));
    made.verifier = crypto::SecretBytes(64);
    std::copy(verifier.storedKey.begin(), verifier.storedKey.end(), made.verifier.bytes().begin());
    std::copy(verifier.serverKey.begin(), verifier.serverKey.end(), made.verifier.bytes().begin() + 32);
    return made;
}

CreateIndividual::Request Individual::createRequest() const {
    CreateIndividual::Request request;
    request.email = email;
    request.account = account;
    request.organization = organization;
    request.host = host;
    request.hostName = hostName;
    request.self = {account, email, {signing_.publicKey(), agreement_.publicKey()}, account, {}};
    request.self.signature = signing_.sign(memberStatementBytes(organization, request.self));
    request.password = newPassword(password);
    request.vault = vault;

    const Bytes info = keyEnvelopeInfo(organization, 1, account);
    auto sealed = crypto::hpkeSeal(agreement_.publicKey(), info, {}, contentKey_, *random_);
    request.contentKey = {1, sealed->encapsulated, sealed->ciphertext, account, {}};
    request.contentKey.signature =
        signing_.sign(keyEnvelopeSignedBytes(info, agreement_.publicKey(), request.contentKey));
    return request;
}

void Individual::takeGrant(const SessionGrant& grant) {
    token = grant.token.clone();
    session.session = grant.session;
    session.account = grant.account;
    session.organization = grant.organization;
    session.expires = grant.expires;
    session.keysExported = grant.keysExported;
    session.passwordDue = grant.passwordDue;
    session.hostEnrolled = grant.hostEnrolled;
}

Status Individual::create() {
    auto response = answerOf<CreateIndividual>(send(callFor<CreateIndividual>(createRequest())));
    if (!response)
        return std::move(response).error();
    takeGrant(response->session);
    hotpSecret = std::move(response->hotpSecret);
    counter = 0;
    softwareId = response->softwareId;
    return {};
}

Status Individual::exportKeys() {
    auto response = ask<KeysExported>({crypto::sha256({viewOf("the exported file")})});
    if (!response)
        return std::move(response).error();
    takeGrant(response->session);
    return {};
}

Status Individual::settle() {
    if (auto created = create(); !created)
        return created;
    return exportKeys();
}

Result<StartLogin::Response> Individual::startLogin() {
    random_->fill(clientNonce_);
    return answerOf<StartLogin>(send(callFor<StartLogin>({email, host, clientNonce_})));
}

FinishLogin::Request Individual::finishRequest(const StartLogin::Response& challenge) const {
    FinishLogin::Request request{email, host, hostName, challenge.serverNonce, {}};
    const Bytes message = loginAuthMessage({email, host, clientNonce_}, challenge, kodiac_->channelBinding());
    request.proof = crypto::scramClientProof(authenticationKey(password, challenge.derivation), message);
    return request;
}

crypto::Sha256Digest Individual::expectedSignature(const StartLogin::Response& challenge) const {
    const Bytes message = loginAuthMessage({email, host, clientNonce_}, challenge, kodiac_->channelBinding());
    return crypto::scramServerSignature(crypto::scramVerifier(authenticationKey(password, challenge.derivation)),
                                        message);
}

Call Individual::finishCall(const FinishLogin::Request& request) {
    Call call = callFor<FinishLogin>(request);
    call.channelBinding = kodiac_->channelBinding();
    if (hotpSecret.empty())
        return call;
    call.account = account;
    call.host = host;
    call.counter = counter++;
    call.code = code(call.counter);
    return call;
}

Status Individual::takeLogin(Result<Reply> reply) {
    auto response = answerOf<FinishLogin>(std::move(reply));
    if (!response)
        return std::move(response).error();
    takeGrant(response->session);
    return {};
}

Status Individual::login() {
    auto challenge = startLogin();
    if (!challenge)
        return std::move(challenge).error();
    const std::uint64_t before = counter;
    auto taken = takeLogin(send(finishCall(finishRequest(*challenge))));
    if (!taken && taken.error().code == ErrorCode::loginFailed)
        counter = before; // refused before the code was looked at
    return taken;
}

EnrolHost::Request Individual::enrolRequest() const {
    return {signing_.sign(enrolSignedBytes(session.session, account, host))};
}

Status Individual::enrolHost() {
    auto response = answerOf<EnrolHost>(send(callWithoutCode<EnrolHost>(enrolRequest())));
    if (!response)
        return std::move(response).error();
    hotpSecret = std::move(response->hotpSecret);
    counter = 0;
    session.hostEnrolled = true;
    return {};
}

Status Individual::resetPassword(std::string next) {
    auto started = answerOf<StartReset>(send(callFor<StartReset>({email, host})));
    if (!started)
        return std::move(started).error();
    FinishReset::Request request{
        email, host, hostName, started->serverNonce, {}, newPassword(next), vault, started->vaultGeneration + 1};
    request.signature = signing_.sign(resetSignedBytes(started->serverNonce, account, host, vault));
    auto response = answerOf<FinishReset>(send(callFor<FinishReset>(request)));
    if (!response)
        return std::move(response).error();
    password = std::move(next);
    vaultGeneration = request.vaultGeneration;
    takeGrant(response->session);
    hotpSecret = std::move(response->hotpSecret);
    counter = 0;
    return {};
}

std::string Individual::code(std::uint64_t ofCounter) const { return twofactor::hotpCode(hotpSecret, ofCounter, 8); }

Call Individual::inSession(Call call) const {
    call.account = account;
    call.host = host;
    call.session = session.session;
    call.token = token.clone();
    return call;
}

Call Individual::sign(Call call) {
    call = inSession(std::move(call));
    call.counter = counter++;
    call.code = code(call.counter);
    return call;
}

Result<BeginStore::Begun> Individual::begin(const std::optional<FileId>& chain, const std::optional<GrantId>& grant) {
    BeginStore::Request request;
    request.items.push_back({chain, grant});
    return only<BeginStore::Begun>(ask<BeginStore>(request));
}

CommitStore::Item Individual::commitItem(const container::IdentityBytes& identity) const {
    CommitStore::Item item;
    item.file = fileOf(identity);
    item.version = versionOf(identity);
    item.size = 1000 + item.version;
    item.digest = crypto::sha256({viewOf("body"), identity});
    item.signature = signing_.sign(item.digest);
    item.sealedName = Bytes(40, 1);
    item.sealedPath = Bytes(60, 2);
    return item;
}

Status Individual::commit(const container::IdentityBytes& identity) {
    CommitStore::Request request;
    request.items.push_back(commitItem(identity));
    auto done = only<ItemOutcome>(ask<CommitStore>(request));
    if (!done)
        return std::move(done).error();
    return {};
}

Status Individual::abandon(const container::IdentityBytes& identity) {
    CommitStore::Request request;
    request.abandoned.push_back({fileOf(identity), versionOf(identity), "disk-full"});
    auto done = ask<CommitStore>(request);
    if (!done)
        return std::move(done).error();
    return {};
}

Result<OpenVersion::Opened> Individual::open(const container::IdentityBytes& identity, OpenPurpose purpose,
                                             VersionNumber lastSeen) {
    OpenVersion::Request request;
    request.items.push_back({identity, lastSeen, purpose});
    return only<OpenVersion::Opened>(ask<OpenVersion>(request));
}

Result<container::IdentityBytes> Individual::store(const std::optional<FileId>& chain,
                                                   const std::optional<GrantId>& grant) {
    auto begun = begin(chain, grant);
    if (!begun)
        return std::move(begun).error();
    if (auto done = commit(begun->identity); !done)
        return std::move(done).error();
    return begun->identity;
}

FileId Individual::fileOf(const container::IdentityBytes& identity) {
    return container::Identity::parse(identity)->file;
}

VersionNumber Individual::versionOf(const container::IdentityBytes& identity) {
    return container::Identity::parse(identity)->version;
}

} // namespace ssprotect::test
