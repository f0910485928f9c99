#include "kodiac_channel.h"

namespace ssprotect::session {

void KodiacChannel::use(std::shared_ptr<HostCredential> credential) {
    const std::lock_guard lock(mutex_);
    credential_ = std::move(credential);
}

void KodiacChannel::useBeforeSession(const AccountId& account, std::shared_ptr<HostCredential> credential) {
    const std::lock_guard lock(mutex_);
    account_ = account;
    host_ = credential->host();
    credential_ = std::move(credential);
}

void KodiacChannel::use(const kodiac::SessionGrant& grant, const HostId& host) {
    const std::lock_guard lock(mutex_);
    account_ = grant.account;
    host_ = host;
    session_ = grant.session;
    if (!grant.token.empty())
        token_ = grant.token.clone();
}

void KodiacChannel::bindTo(const crypto::Sha256Digest& channelBinding) {
    const std::lock_guard lock(mutex_);
    channelBinding_ = channelBinding;
}

std::shared_ptr<HostCredential> KodiacChannel::credential() const {
    const std::lock_guard lock(mutex_);
    return credential_;
}

void KodiacChannel::sign(kodiac::Call& call) const {
    const std::lock_guard lock(mutex_);
    call.account = account_;
    call.host = host_;
    call.session = session_;
    call.token = token_.clone();
    call.channelBinding = channelBinding_;
}

KodiacChannel::Performed KodiacChannel::perform(kodiac::Call call, Attendance attendance,
                                                const HostCredential::Turn* given) {
    Performed made{credential(), {}, {}, Error{}};
    if (made.credential == nullptr) {
        // Without a counter KODiAC cannot tell a repetition from a second request.
        sign(call);
        made.reply = kodiac_->perform(call);
        return made;
    }
    if (given == nullptr) {
        auto turn = made.credential->turn(attendance);
        if (!turn) {
            made.reply = std::move(turn).error();
            return made;
        }
        made.turn = std::move(*turn);
    }
    // Reserved before the token is read: else a refresh could end the token on the way.
    made.reserved = made.credential->reserve();
    sign(call);
    made.reply = made.credential->perform(*kodiac_, call, given == nullptr ? made.turn : *given);
    return made;
}

Result<kodiac::Reply> KodiacChannel::performWithoutCode(kodiac::Call call) {
    sign(call);
    auto reply = kodiac_->perform(call);
    if (reply || reply.error().code != ErrorCode::notLoggedIn)
        return reply;
    kodiac::Call again;
    sign(again);
    if (crypto::equalSecrets(again.token, call.token))
        return reply;
    call.token = std::move(again.token);
    return kodiac_->perform(call);
}

} // namespace ssprotect::session
