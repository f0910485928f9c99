#pragma once

#include "hotp_counter.h"
#include "ssprotect/kodiac/kodiac.h"

#include <mutex>

namespace ssprotect::session {

/// What makes a call one of this account's on this host: the HOTP secret and its counter (TFA-1).
/// Shared by the sessions of the account, since one request at a time is in flight. Any thread.
class HostCredential {
public:
    HostCredential(const HostId& host, crypto::SecretBytes secret, HotpCounter counter)
        : host_(host), secret_(std::move(secret)), counter_(std::move(counter)) {}

    const HostId& host() const { return host_; }

    /// Completes `call` with host, counter and code and performs it. When KODiAC cannot be reached the very same
    /// call is made again, which KODiAC answers as the first time if it had arrived.
    Result<kodiac::Reply> perform(kodiac::Kodiac& kodiac, kodiac::Call& call);

    /// Held by whoever must not be interrupted by other calls of the account: a token is being changed.
    std::unique_lock<std::recursive_mutex> reserve() { return std::unique_lock(inFlight_); }

    /// At logout: writes the counter down as it is.
    Status settle();

private:
    Result<kodiac::Reply> performOnce(kodiac::Kodiac& kodiac, kodiac::Call& call);

    const HostId host_;
    const crypto::SecretBytes secret_;
    HotpCounter counter_;
    std::recursive_mutex inFlight_;
};

} // namespace ssprotect::session
