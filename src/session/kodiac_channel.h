#pragma once

#include "host_credential.h"
#include "ssprotect/kodiac/wire.h"

#include <algorithm>
#include <memory>
#include <type_traits>

namespace ssprotect::session {

/// What a call needs of the person where a token's codes are due (TFA-5).
template <class Op> Attendance attendanceOf(const typename Op::Request& request) {
    if constexpr (std::is_same_v<Op, kodiac::BeginStore>)
        return std::all_of(request.items.begin(), request.items.end(), [](const auto& item) { return item.grant; })
                   ? Attendance::unattended
                   : Attendance::attended;
    else if constexpr (requires { Op::kUnattended; })
        return Attendance::unattended;
    else
        return Attendance::attended;
}

/// The typed way to KODiAC of one login session. Any thread.
class KodiacChannel {
public:
    explicit KodiacChannel(std::shared_ptr<kodiac::Kodiac> kodiac) : kodiac_(std::move(kodiac)) {}

    kodiac::Kodiac& kodiac() const { return *kodiac_; }
    const std::shared_ptr<kodiac::Kodiac>& shared() const { return kodiac_; }

    template <class Op> Result<typename Op::Response> call(const typename Op::Request& request) {
        return callThen<Op>(request, [](const typename Op::Response&) {});
    }

    /// In a turn that was waited for before.
    template <class Op>
    Result<typename Op::Response> callInTurn(const typename Op::Request& request, const HostCredential::Turn& turn) {
        auto performed = perform(kodiac::callFor<Op>(request), Attendance::attended, &turn);
        if (!performed.reply)
            return std::move(performed.reply).error();
        return kodiac::decodeReply<Op>(std::move(*performed.reply));
    }

    /// `done` hears of a response before any other call of the account is made.
    template <class Op, class Done>
    Result<typename Op::Response> callThen(const typename Op::Request& request, const Done& done) {
        auto performed = perform(kodiac::callFor<Op>(request), attendanceOf<Op>(request));
        if (!performed.reply)
            return std::move(performed.reply).error();
        auto response = kodiac::decodeReply<Op>(std::move(*performed.reply));
        if (response)
            done(*response);
        return response;
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
        return callThen<Op>(request, [this](const auto& response) { use(response.session, host_); });
    }

    /// From now on calls say that they were proved with this connection's value (a login).
    void bindTo(const crypto::Sha256Digest& channelBinding);

    std::shared_ptr<HostCredential> credential() const;

private:
    /// A call that was made; no other one of the account comes in between while it is held.
    struct Performed {
        std::shared_ptr<HostCredential> credential; ///< outlives what is held of it
        HostCredential::Turn turn;
        std::unique_lock<std::recursive_mutex> reserved;
        Result<kodiac::Reply> reply;
    };
    /// `turn`: one that was waited for before; it is waited for without.
    Performed perform(kodiac::Call call, Attendance attendance, const HostCredential::Turn* turn = nullptr);
    Result<kodiac::Reply> performWithoutCode(kodiac::Call call);
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
