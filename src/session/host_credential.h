#pragma once

#include "code_source.h"
#include "hotp_counter.h"
#include "ssprotect/kodiac/kodiac.h"

#include <mutex>
#include <optional>

namespace ssprotect::session {

/// What makes a call one of this account's on this host: the source of its codes and the counter (TFA-1).
/// Shared by the sessions of the account, since one request at a time is in flight. Any thread.
///
/// A token's code is asked for before a call takes its place, so that a person who takes a minute keeps nobody waiting
/// but the next who needs a code too: what is done with nobody at hand goes on meanwhile by the host's own codes.
class HostCredential {
public:
    HostCredential(const HostId& host, crypto::SecretBytes ownSecret, std::optional<TokenCodes> token,
                   HotpCounter counter)
        : host_(host), own_(std::move(ownSecret)), token_(std::move(token)), counter_(std::move(counter)) {}

    const HostId& host() const { return host_; }

    /// Somebody's turn to be asked, which lasts until their call is done: codes reach KODiAC in the order in which the
    /// token showed them.
    struct Turn {
        std::unique_lock<std::mutex> place;
        std::optional<std::string> code; ///< the token's; none: the host's own code serves
    };
    /// Waits for the turn and for the person; not while `reserve` is held. As TokenCodes::ask.
    Result<Turn> turn(Attendance attendance);

    /// Completes `call` with host, counter and code and performs it. Meanwhile no other call of the account is made;
    /// the way to KODiAC itself asks again when a reply is lost, within the time of one request (ACC-9).
    Result<kodiac::Reply> perform(kodiac::Kodiac& kodiac, kodiac::Call& call, const Turn& turn);

    /// Held by whoever must not be interrupted by other calls of the account: a token is being changed.
    std::unique_lock<std::recursive_mutex> reserve() { return std::unique_lock(inFlight_); }

    /// From now on the person's acts take that token's codes; the requests are numbered on. In the turn of the call
    /// that told KODiAC.
    void use(TokenCodes token);

    /// Two consecutive codes, of numbers that no request carries (TFA-2). No other call until it is given back.
    struct Pair {
        Turn turn;
        std::unique_lock<std::recursive_mutex> reserved;
        std::uint64_t counter = 0; ///< of the first; 0 for a token
        std::string code;
        std::string nextCode;
    };
    Result<Pair> drawPair();
    /// KODiAC expects that number now.
    Status goOnAt(std::uint64_t counter);

    /// At logout: writes the counter down as it is.
    Status settle();

private:
    Result<kodiac::Reply> performOnce(kodiac::Kodiac& kodiac, kodiac::Call& call, const Turn& turn);

    const HostId host_;
    const OwnCodes own_;
    std::mutex turns_;                ///< over `token_`; taken before `inFlight_`, never within
    std::optional<TokenCodes> token_; ///< none: the host's own codes serve for all
    HotpCounter counter_;
    std::recursive_mutex inFlight_;
};

} // namespace ssprotect::session
