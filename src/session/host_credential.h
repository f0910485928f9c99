#pragma once

#include "code_source.h"
#include "hotp_counter.h"
#include "ssprotect/kodiac/kodiac.h"

#include <memory>
#include <mutex>

namespace ssprotect::session {

/// What makes a call one of this account's on this host: the source of its codes and the counter (TFA-1).
/// Shared by the sessions of the account, since one request at a time is in flight. Any thread.
class HostCredential {
public:
    HostCredential(const HostId& host, std::unique_ptr<CodeSource> codes, HotpCounter counter)
        : host_(host), codes_(std::move(codes)), counter_(std::move(counter)) {}

    const HostId& host() const { return host_; }

    /// Completes `call` with host, counter and code and performs it. Meanwhile no other call of the account is made;
    /// the way to KODiAC itself asks again when a reply is lost, within the time of one request (ACC-9).
    Result<kodiac::Reply> perform(kodiac::Kodiac& kodiac, kodiac::Call& call);

    /// Held by whoever must not be interrupted by other calls of the account: a token is being changed.
    std::unique_lock<std::recursive_mutex> reserve() { return std::unique_lock(inFlight_); }

    /// From now on the codes come from there; the requests are numbered on.
    void use(std::unique_ptr<CodeSource> codes);

    /// Two consecutive codes, of numbers that no request carries (TFA-2).
    struct Pair {
        std::uint64_t counter = 0; ///< of the first
        std::string code;
        std::string nextCode;
    };
    Result<Pair> drawPair();
    /// KODiAC expects that number now.
    Status goOnAt(std::uint64_t counter);

    /// At logout: writes the counter down as it is.
    Status settle();

private:
    Result<kodiac::Reply> performOnce(kodiac::Kodiac& kodiac, kodiac::Call& call);

    const HostId host_;
    std::unique_ptr<CodeSource> codes_;
    HotpCounter counter_;
    std::recursive_mutex inFlight_;
};

} // namespace ssprotect::session
