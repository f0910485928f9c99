#include "support/member.h"

namespace ssprotect::test {

using namespace kodiac;

namespace {

constexpr std::size_t kContentKeySize = 32;

crypto::SecretBytes bytesOfCode(ByteView text) {
    auto code = mailedCodeFromText(textOf(text));
    return code ? std::move(*code) : crypto::SecretBytes(kMailedCodeSize);
}

template <class Response> Status statusOf(const Result<Response>& response) {
    if (!response)
        return response.error();
    return {};
}

} // namespace

Member::Member(Kodiac& kodiac, Random& random, std::string address) : Individual(kodiac, random, std::move(address)) {}

Result<StartRegistration::Response> Member::startRegistration(ByteView code) {
    StartRegistration::Request request{email, host, bytesOfCode(code)};
    auto started = answerOf<StartRegistration>(send(callFor<StartRegistration>(request)));
    if (!started)
        return started;
    account = started->account;
    organization = started->organization;
    root = started->makesRoot ? signingKey().publicKey() : started->root;
    return started;
}

FinishRegistration::Request Member::registration(const StartRegistration::Response& started, ByteView code) const {
    FinishRegistration::Request request;
    request.email = email;
    request.host = host;
    request.hostName = hostName;
    request.code = bytesOfCode(code);
    request.keys = keys();
    request.proof = signingKey().sign(registrationBytes(started.organization, started.account, request.keys, vault));
    request.password = newPassword(password);
    request.vault = vault;
    if (started.makesRoot) {
        request.self = statementAbout(*this);
        request.contentKey = sealBy(*this, {1, contentKey(), account, agreementKey().publicKey()});
    }
    return request;
}

Result<FinishRegistration::Response> Member::finishRegistration(const FinishRegistration::Request& request) {
    return answerOf<FinishRegistration>(send(callFor<FinishRegistration>(request)));
}

Status Member::registerWith(ByteView code) {
    auto started = startRegistration(code);
    if (!started)
        return std::move(started).error();
    auto finished = finishRegistration(registration(*started, code));
    if (!finished)
        return std::move(finished).error();
    softwareId = finished->softwareId;
    vaultGeneration = 1;
    if (!finished->first)
        return {};
    takeGrant(finished->first->session);
    hotpSecret = std::move(finished->first->hotpSecret);
    counter = 0;
    contentKeys[1] = crypto::SecretBytes::copyOf(contentKey());
    return {};
}

Status Member::comeIn() {
    if (auto in = login(); !in)
        return in;
    if (!session.hostEnrolled)
        if (auto enrolled = enrolHost(); !enrolled)
            return enrolled;
    return fetchKeys();
}

Status Member::fetchKeys() {
    auto got = ask<GetVault>();
    if (!got)
        return std::move(got).error();
    root = got->organizationRoot.signing;
    for (const KeyEnvelope& envelope : got->contentKeys) {
        const Bytes info = keyEnvelopeInfo(organization, envelope.epoch, account);
        auto key = crypto::hpkeOpen(agreementKey(), info, {}, envelope.encapsulated, envelope.ciphertext);
        if (!key)
            return std::move(key).error();
        contentKeys[envelope.epoch] = std::move(*key);
    }
    return {};
}

void Member::makeNewKeys() {
    replaceKeys();
    hotpSecret = {};
    token = {};
    session = {};
    contentKeys.clear();
}

ValidateUser::Request Member::validationOf(const Member& who, bool asDelegate) const {
    ValidateUser::Request request;
    request.statement = statementAbout(who);
    if (asDelegate)
        request.delegate = delegateStatementAbout(who);
    for (const auto& [epoch, key] : contentKeys)
        request.contentKeys.push_back(sealBy(*this, {epoch, key, who.account, who.agreementKey().publicKey()}));
    request.compared = true;
    return request;
}

TransferAdministrator::Request Member::transferTo(const Member& who, std::uint32_t number) const {
    TransferAdministrator::Request request;
    request.transfer = {number, account, who.account, signingKey().publicKey(), who.signingKey().publicKey(), {}};
    request.transfer.signature = signingKey().sign(rootTransferBytes(organization, request.transfer));
    request.giver = delegateStatementAbout(*this);
    return request;
}

Result<std::vector<MemberStatement>> Member::signAnew(const AccountId& signer) {
    auto got = ask<GetVault>();
    if (!got)
        return std::move(got).error();
    std::vector<MemberStatement> anew;
    for (const kodiac::Member& member : got->members) {
        if (member.signer != signer)
            continue;
        MemberStatement statement = member;
        statement.signer = account;
        statement.signature = signingKey().sign(memberStatementBytes(organization, statement));
        anew.push_back(std::move(statement));
    }
    return anew;
}

Result<RotateContentKey::Request> Member::rotation() {
    auto got = ask<GetVault>();
    if (!got)
        return std::move(got).error();
    crypto::SecretBytes key(kContentKeySize);
    random().fill(key.bytes());
    RotateContentKey::Request request{got->keyEpoch + 1, {}};
    for (const kodiac::Member& member : got->members)
        if (member.current)
            request.envelopes.push_back(
                {member.account, sealBy(*this, {request.epoch, key, member.account, member.keys.agreement})});
    nextKey_.emplace(request.epoch, std::move(key));
    return request;
}

void Member::takeRotation() {
    contentKeys[nextKey_->first] = std::move(nextKey_->second);
    nextKey_.reset();
}

Status Member::validate(const Member& who, bool asDelegate) {
    return statusOf(ask<ValidateUser>(validationOf(who, asDelegate)));
}

Status Member::remove(const Member& who) {
    auto anew = signAnew(who.account);
    if (!anew)
        return std::move(anew).error();
    return statusOf(ask<RemoveUser>({who.account, std::move(*anew), {}}));
}

Status Member::resetPasswordOf(const Member& who) {
    auto anew = signAnew(who.account);
    if (!anew)
        return std::move(anew).error();
    return statusOf(ask<ResetUserPassword>({who.account, std::move(*anew)}));
}

Status Member::rotate() {
    auto request = rotation();
    if (!request)
        return std::move(request).error();
    auto done = statusOf(ask<RotateContentKey>(*request));
    if (done)
        takeRotation();
    return done;
}

AccountKeys keysOf(const Individual& who) { return {who.signingKey().publicKey(), who.agreementKey().publicKey()}; }

MemberStatement statementBy(const Individual& signer, const Individual& about) {
    MemberStatement statement{about.account, about.email, keysOf(about), signer.account, {}};
    statement.signature = signer.signingKey().sign(memberStatementBytes(signer.organization, statement));
    return statement;
}

DelegateStatement delegateStatementBy(const Individual& signer, const Individual& about) {
    return {about.account, signer.account,
            signer.signingKey().sign(delegateStatementBytes(signer.organization, about.account, keysOf(about)))};
}

KeyEnvelope sealBy(const Individual& sealer, const Sealing& sealing) {
    const Bytes info = keyEnvelopeInfo(sealer.organization, sealing.epoch, sealing.recipient);
    auto sealed = crypto::hpkeSeal(sealing.agreement, info, {}, sealing.contentKey, sealer.random());
    KeyEnvelope envelope{sealing.epoch, sealed->encapsulated, sealed->ciphertext, sealer.account, {}};
    envelope.signature = sealer.signingKey().sign(keyEnvelopeSignedBytes(info, sealing.agreement, envelope));
    return envelope;
}

crypto::SecretBytes mailedCode(Authority& authority, std::string_view email, MailKind kind) {
    constexpr std::size_t kAll = 10'000;
    Outbox outbox = authority.outbox();
    auto mails = outbox.claim(kAll, std::chrono::seconds(1));
    crypto::SecretBytes code;
    if (!mails)
        return code;
    for (ClaimedMail& mail : *mails) {
        if (mail.kind == kind && mail.recipient == email)
            code = std::move(mail.code);
        if (auto released = outbox.release(mail); !released)
            break;
    }
    return code;
}

Result<Member> foundOrganization(const Founding& founding) {
    auto code = founding.authority.createOrganization(founding.organization);
    if (!code)
        return std::move(code).error();
    Member administrator(founding.kodiac, founding.random, founding.organization.administratorEmail);
    if (auto registered = administrator.registerWith(*code); !registered)
        return std::move(registered).error();
    if (auto exported = administrator.exportKeys(); !exported)
        return std::move(exported).error();
    return administrator;
}

Result<Member> provision(const Founding& founding, Member& by, std::string email, const AttributeChanges& attributes) {
    auto made = by.ask<NewUser>({email, attributes, {}});
    if (!made)
        return std::move(made).error();
    Member member(founding.kodiac, founding.random, std::move(email));
    member.account = made->account;
    member.organization = by.organization;
    return member;
}

Result<Member> bringIn(const Founding& founding, Member& by, std::string email, bool asDelegate) {
    auto member = provision(founding, by, std::move(email));
    if (!member)
        return member;
    for (const Status& step : {member->registerWith(mailedCode(founding.authority, member->email)),
                               by.validate(*member, asDelegate), member->comeIn()})
        if (!step)
            return step.error();
    return member;
}

} // namespace ssprotect::test
