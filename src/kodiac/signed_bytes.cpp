#include "ssprotect/kodiac/email.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/registration_operations.h"

#include <initializer_list>

namespace ssprotect::kodiac {
namespace {

template <class Integer> std::array<Byte, sizeof(Integer)> bigEndian(Integer value) {
    std::array<Byte, sizeof(Integer)> bytes;
    storeBigEndian(value, bytes);
    return bytes;
}

Bytes joined(std::initializer_list<ByteView> parts) {
    Bytes bytes;
    for (const ByteView part : parts)
        append(bytes, part);
    return bytes;
}

void appendPrefixed(Bytes& to, ByteView part) {
    append(to, bigEndian(static_cast<std::uint32_t>(part.size())));
    append(to, part);
}

} // namespace

Bytes memberStatementBytes(const OrganizationId& organization, const MemberStatement& statement) {
    return joined({viewOf("ssprotect/member/v1"), organization.bytes(), statement.account.bytes(),
                   statement.keys.signing, statement.keys.agreement, viewOf(statement.email)});
}

Bytes delegateStatementBytes(const OrganizationId& organization, const AccountId& account, const AccountKeys& keys) {
    return joined(
        {viewOf("ssprotect/delegate/v1"), organization.bytes(), account.bytes(), keys.signing, keys.agreement});
}

Bytes rootTransferBytes(const OrganizationId& organization, const RootTransfer& transfer) {
    return joined({viewOf("ssprotect/root/v1"), organization.bytes(), bigEndian(transfer.number),
                   transfer.from.bytes(), transfer.to.bytes(), transfer.oldRoot, transfer.newRoot});
}

Bytes registrationBytes(const OrganizationId& organization, const AccountId& account, const AccountKeys& keys,
                        ByteView vault) {
    return joined({viewOf("ssprotect/register/v1"), organization.bytes(), account.bytes(), keys.signing,
                   keys.agreement, crypto::sha256({vault})});
}

Bytes hostApprovalInfo(const AccountId& account, const HostId& host) {
    return joined({viewOf("ssprotect/host/v1"), account.bytes(), host.bytes()});
}

Bytes keyEnvelopeInfo(const OrganizationId& organization, Epoch epoch, const AccountId& recipient) {
    return joined({viewOf("ssprotect/ock/v1"), organization.bytes(), bigEndian(epoch), recipient.bytes()});
}

Bytes keyEnvelopeSignedBytes(ByteView info, const crypto::PublicKey& recipient, const KeyEnvelope& envelope) {
    return joined({info, recipient, envelope.encapsulated, envelope.ciphertext});
}

Bytes loginAuthMessage(const StartLogin::Request& request, const StartLogin::Response& response,
                       const crypto::Sha256Digest& channelBinding) {
    const std::string email = emailKey(request.email);
    const auto& [n, r, p] = response.derivation.scrypt;
    const auto nBytes = bigEndian(n);
    const auto rBytes = bigEndian(r);
    const auto pBytes = bigEndian(p);
    Bytes message;
    for (const ByteView part : std::initializer_list<ByteView>{
             viewOf("p=tls-exporter,,"), channelBinding, viewOf(email), response.account.bytes(), request.host.bytes(),
             request.clientNonce, response.serverNonce, response.derivation.salt, nBytes, rBytes, pBytes})
        appendPrefixed(message, part);
    return message;
}

Bytes resetSignedBytes(ByteView serverNonce, const AccountId& account, const HostId& host, ByteView vault) {
    return joined({viewOf("ssprotect/reset/v1"), serverNonce, account.bytes(), host.bytes(), crypto::sha256({vault})});
}

Bytes enrolSignedBytes(const SessionId& session, const AccountId& account, const HostId& host) {
    return joined({viewOf("ssprotect/enrol/v1"), session.bytes(), account.bytes(), host.bytes()});
}

} // namespace ssprotect::kodiac
