#include "ssprotect/session/session.h"

#include "session_state.h"
#include "ssprotect/kodiac/report_operations.h"

namespace ssprotect::session {

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;

SessionInfo Session::info() const { return state_->shown(); }
bool Session::ended() const { return state_->ending().has_value(); }
AccountId Session::account() const { return state_->account; }
OrganizationId Session::organization() const { return state_->organization; }

Result<crypto::SecretBytes> Session::contentKey(const OrganizationId& organization, Epoch epoch) {
    if (organization != state_->organization)
        return makeError(ErrorCode::foreignFile,
                         "the file belongs to another organization, which does not share with this account");
    // A member may have rotated the key since: its envelope is waiting then.
    if (!state_->ring.holds(epoch) && state_->requireLive())
        if (auto fetched = state_->refreshKeys(); !fetched)
            return std::move(fetched).error();
    return state_->ring.contentKey(epoch);
}

Result<crypto::SigningKey> Session::signingKey() { return crypto::SigningKey::fromPrivate(state_->signingSeed); }

Result<crypto::AgreementKey> Session::agreementKey() {
    return crypto::AgreementKey::fromPrivate(state_->agreementScalar);
}

Result<kodiac::ShowAccount::Response> Session::showAccount() {
    if (auto live = state_->requireLive(); !live)
        return std::move(live).error();
    return state_->call<kodiac::ShowAccount>({});
}

Status Session::setAccount(const kodiac::SetAccount::Request& wanted) {
    if (auto live = state_->requireLive(); !live)
        return live;
    auto done = state_->call<kodiac::SetAccount>(wanted);
    return done ? Status{} : Status{std::move(done).error()};
}

Result<kodiac::ShowPolicy::Response> Session::policy() {
    if (auto live = state_->requireLive(); !live)
        return std::move(live).error();
    return state_->call<kodiac::ShowPolicy>({});
}

Result<std::vector<kodiac::ListAudit::Row>> Session::audit(std::int64_t before, std::uint32_t limit) {
    kodiac::ListAudit::Request wanted;
    wanted.before = before;
    wanted.limit = limit;
    return audit(wanted);
}

Result<std::vector<kodiac::ListAudit::Row>> Session::audit(const kodiac::ListAudit::Request& wanted) {
    if (auto live = state_->requireLive(); !live)
        return std::move(live).error();
    auto response = state_->call<kodiac::ListAudit>(wanted);
    if (!response)
        return std::move(response).error();
    return std::move(response->rows);
}

} // namespace ssprotect::session
