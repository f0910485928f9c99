#include "session_inside.h"
#include "ssprotect/kodiac/host_operations.h"

/// ACC-8 from the new host's side: it has the password, and is given the device secret by a host of the account.
namespace ssprotect::session {
namespace {

/// As long as KODiAC keeps it.
constexpr Duration kRequestLife = std::chrono::minutes(10);

} // namespace

void SessionManager::Inside::dropPendingHost() {
    if (!pendingHost)
        return;
    const Start& start = pendingHost->start;
    KodiacChannel channel(start.where.kodiac);
    channel.use(start.grant, start.host);
    static_cast<void>(channel.call<kodiac::EndSession>({}));
    pendingHost.reset();
}

Result<HostRequest> SessionManager::requestHost(const LoginTarget& target, ByteView password) {
    endIfExpired();
    const std::lock_guard lock(inside_->operations);
    inside_->dropPendingHost();
    auto where = inside_->destination(target);
    if (!where)
        return std::move(where).error();
    auto proved = inside_->proveLogin(*where, password);
    if (!proved)
        return std::move(proved).error();
    const AccountId account = proved->grant.account;
    const HostId host = proved->host;
    inside_->pendingHost.emplace(Inside::PendingHost{std::move(*proved),
                                                     crypto::AgreementKey::generate(inside_->environment.random),
                                                     inside_->environment.clock.now() + kRequestLife});
    auto& pending = *inside_->pendingHost;
    auto secret = inside_->secrets.deviceSecret(account);
    // A host that KODiAC has removed may hold the device secret of a vault that is no more.
    if (!secret || (*secret && pending.start.grant.hostEnrolled)) {
        inside_->dropPendingHost();
        return !secret ? std::move(secret).error()
                       : makeError(ErrorCode::alreadyExists, "this host is one of the account's already; log in");
    }
    const auto& key = pending.agreement.publicKey();
    KodiacChannel channel(where->kodiac);
    channel.use(pending.start.grant, host);
    if (auto asked = channel.call<kodiac::RequestHost>({key}); !asked) {
        inside_->dropPendingHost();
        return std::move(asked).error();
    }
    return HostRequest{kodiac::hostComparisonCode(account, host, key), pending.expires};
}

Result<std::optional<SessionInfo>> SessionManager::continueHostRequest() {
    const std::lock_guard lock(inside_->operations);
    auto& pending = inside_->pendingHost;
    if (!pending)
        return makeError(ErrorCode::notFound, "this host asks for no approval; request it first");
    if (inside_->environment.clock.now() >= pending->expires) {
        inside_->dropPendingHost();
        return makeError(ErrorCode::expired, "nobody approved this host within ten minutes; request it again");
    }
    const AccountId account = pending->start.grant.account;
    const HostId host = pending->start.host;
    KodiacChannel channel(pending->start.where.kodiac);
    channel.use(pending->start.grant, host);
    auto answer = channel.call<kodiac::HostApproval>({});
    if (!answer && exitCodeOf(answer.error().code) != exitCodeOf(ErrorCode::kodiacUnreachable))
        pending.reset();
    if (!answer)
        return std::move(answer).error();
    if (!answer->approved)
        return std::optional<SessionInfo>();

    auto secret = crypto::hpkeOpen(pending->agreement, kodiac::hostApprovalInfo(account, host), {},
                                   answer->encapsulated, answer->ciphertext);
    if (!secret || secret->size() != kDeviceSecretSize) {
        inside_->dropPendingHost();
        return makeError(ErrorCode::integrity, "what KODiAC gave as the approval does not open; request it again");
    }
    // Whether it is the right one, only the vault can say; until then it is kept nowhere, and this host's own stays.
    pending->start.approvedSecret = std::move(*secret);
    auto started = inside_->start(std::move(pending->start));
    pending.reset();
    if (!started)
        return std::move(started).error();
    return std::optional(std::move(*started));
}

void SessionManager::cancelHostRequest() {
    const std::lock_guard lock(inside_->operations);
    inside_->dropPendingHost();
}

} // namespace ssprotect::session
