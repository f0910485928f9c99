#include "people_signing.h"

namespace ssprotect::session {
namespace {

Error onlyTheAdministrator() {
    return makeError(ErrorCode::notPrivileged, "only the Administrator may do this: Delegates and the next "
                                               "Administrator are signed with the Organization's root");
}

} // namespace

Result<PeopleSigning> PeopleSigning::under(const Session::State& state) {
    auto key = crypto::SigningKey::fromPrivate(state.signingSeed);
    if (!key)
        return std::move(key).error();
    return PeopleSigning(state.account, std::move(*key), state.people(), state.ring.contentKeys());
}

kodiac::MemberStatement PeopleSigning::member(const AccountId& account, std::string_view email,
                                              const kodiac::AccountKeys& keys) const {
    kodiac::MemberStatement statement{account, std::string(email), keys, self_, {}};
    statement.signature = key_.sign(kodiac::memberStatementBytes(people_.organization(), statement));
    return statement;
}

Result<kodiac::DelegateStatement> PeopleSigning::delegate(const AccountId& account,
                                                          const kodiac::AccountKeys& keys) const {
    if (!holdsRoot())
        return onlyTheAdministrator();
    return kodiac::DelegateStatement{account, self_,
                                     key_.sign(kodiac::delegateStatementBytes(people_.organization(), account, keys))};
}

std::vector<kodiac::MemberStatement> PeopleSigning::resigned(const AccountId& signer) const {
    std::vector<kodiac::MemberStatement> statements;
    for (const auto& statement : people_.statements())
        if (statement.signer == signer)
            statements.push_back(member(statement.account, statement.email, statement.keys));
    return statements;
}

Result<std::vector<kodiac::KeyEnvelope>>
PeopleSigning::contentKeys(const AccountId& account, const crypto::PublicKey& key, Random& random) const {
    std::vector<kodiac::KeyEnvelope> envelopes;
    for (const auto& [epoch, contentKey] : contentKeys_) {
        auto envelope = sealContentKey(contentKey, people_.organization(), epoch, account, key, {self_, key_}, random);
        if (!envelope)
            return std::move(envelope).error();
        envelopes.push_back(std::move(*envelope));
    }
    return envelopes;
}

Result<kodiac::RootTransfer> PeopleSigning::rootTransfer(const AccountId& to, const crypto::PublicKey& newRoot) const {
    if (!holdsRoot())
        return onlyTheAdministrator();
    kodiac::RootTransfer transfer;
    transfer.number = people_.transfers() + 1;
    transfer.from = self_;
    transfer.to = to;
    transfer.oldRoot = key_.publicKey();
    transfer.newRoot = newRoot;
    transfer.signature = key_.sign(kodiac::rootTransferBytes(people_.organization(), transfer));
    return transfer;
}

} // namespace ssprotect::session
