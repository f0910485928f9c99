#include "first_keys.h"

#include "login_session.h"
#include "second_factor.h"
#include "ssprotect/kodiac/email.h"

namespace ssprotect::kodiac {
namespace {

Error invalid(std::string message) { return makeError(ErrorCode::invalidInput, std::move(message)); }

} // namespace

Status checkFirstKeys(const FirstKeys& keys) {
    const MemberStatement& self = keys.self;
    if (self.account != keys.account || self.signer != keys.account || emailKey(self.email) != emailKey(keys.email))
        return invalid("the statement is about another account");
    if (!crypto::verifySignature(self.keys.signing, memberStatementBytes(keys.organization, self), self.signature))
        return invalid("the statement is not signed by the account's own key");
    const KeyEnvelope& key = keys.contentKey;
    const Bytes info = keyEnvelopeInfo(keys.organization, key.epoch, keys.account);
    if (key.epoch != kFirstEpoch || key.sealer != keys.account ||
        !crypto::verifySignature(self.keys.signing, keyEnvelopeSignedBytes(info, self.keys.agreement, key),
                                 key.signature))
        return invalid("the content key is not sealed and signed by the account itself");
    return {};
}

void insertFirstKeys(Context& context, const FirstKeys& keys) {
    const MemberStatement& self = keys.self;
    context.sql.execute("INSERT INTO member_keys (organization, account, generation, email, signing, agreement, "
                        "signer, signature) VALUES ($1, $2, 1, $3, $4, $5, $6, $7)",
                        {keys.organization, self.account, self.email, self.keys.signing, self.keys.agreement,
                         self.signer, self.signature});
    const KeyEnvelope& key = keys.contentKey;
    context.sql.execute(
        "INSERT INTO content_keys (organization, epoch, account, encapsulated, ciphertext, sealer, "
        "signature) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {keys.organization, key.epoch, keys.account, key.encapsulated, key.ciphertext, key.sealer, key.signature});
}

FinishRegistration::FirstSession startFirstSession(Context& context, const AccountId& account, const HostId& host,
                                                   std::string_view hostName) {
    rememberHost(context, account, host, hostName);
    becomeCaller(context, account, host);
    FinishRegistration::FirstSession first;
    first.hotpSecret = enrolSecondFactor(context, account, host);
    first.session = startSession(context, true);
    return first;
}

} // namespace ssprotect::kodiac
