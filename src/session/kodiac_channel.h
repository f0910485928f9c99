#pragma once

#include "host_credential.h"
#include "ssprotect/kodiac/wire.h"

#include <memory>

namespace ssprotect::session {

/// The typed way to KODiAC of one login session. Any thread.
class KodiacChannel {
public:
    explicit KodiacChannel(std::shared_ptr<kodiac::Kodiac> kodiac) : kodiac_(std::move(kodiac)) {}

    kodiac::Kodiac& kodiac() const { return *kodiac_; }
    const std::shared_ptr<kodiac::Kodiac>& shared() const { return kodiac_; }

    template <class Op> Result<typename Op::Response> call(const typename Op::Request& request) {
        auto reply = perform(kodiac::callFor<Op>(request));
        if (!reply)
            return std::move(reply).error();
        return kodiac::decodeReply<Op>(std::move(*reply));
    }

    /// In the session, but without a code and beside whatever else is under way: for what waits. A token that ended
    /// meanwhile because it was renewed is no end of the session.
    template <class Op> Result<typename Op::Response> callWithoutCode(const typename Op::Request& request) {
        auto reply = performWithoutCode(kodiac::callFor<Op>(request));
        if (!reply)
            return std::move(reply).error();
        return kodiac::decodeReply<Op>(std::move(*reply));
    }

    /// From now on calls carry the second factor of this host.
    void use(std::shared_ptr<HostCredential> credential);
    /// The same before a session: the login of an enrolled host.
    void useBeforeSession(const AccountId& account, std::shared_ptr<HostCredential> credential);
    /// From now on calls are of this session. An empty token keeps the present one.
    void use(const kodiac::SessionGrant& grant, const HostId& host);

    /// A call that changes the token; no other call comes between it and the change.
    template <class Op> Result<typename Op::Response> callForNewToken(const typename Op::Request& request) {
        const auto reserved = reserve();
        auto response = call<Op>(request);
        if (response)
            use(response->session, host_);
        return response;
    }

    /// From now on calls say that they were proved with this connection's value (a login).
    void bindTo(const crypto::Sha256Digest& channelBinding);

    std::shared_ptr<HostCredential> credential() const;

private:
    Result<kodiac::Reply> perform(kodiac::Call call);
    Result<kodiac::Reply> performWithoutCode(kodiac::Call call);
    std::unique_lock<std::recursive_mutex> reserve();
    void sign(kodiac::Call& call) const;

    const std::shared_ptr<kodiac::Kodiac> kodiac_;
    mutable std::mutex mutex_; ///< over what follows
    std::shared_ptr<HostCredential> credential_;
    AccountId account_;
    HostId host_;
    kodiac::SessionId session_;
    crypto::SecretBytes token_;
    crypto::Sha256Digest channelBinding_{};
};

} // namespace ssprotect::session
