#include "host_credential.h"

namespace ssprotect::session {
namespace {

/// Refusals that KODiAC may give before it looks at the counter, and failures that do not tell.
bool inDoubt(ErrorCode code) {
    switch (code) {
    case ErrorCode::loginFailed:
    case ErrorCode::notLoggedIn:
    case ErrorCode::invalidInput:
    case ErrorCode::usage:
    case ErrorCode::kodiacUnreachable:
    case ErrorCode::serverBusy:
    case ErrorCode::peerRefused:
    case ErrorCode::cancelled:
    case ErrorCode::internal:
    case ErrorCode::ioError:
    case ErrorCode::diskFull:
    case ErrorCode::accessDenied:
    case ErrorCode::dataDamaged:
    case ErrorCode::fileBusy:
    case ErrorCode::secondFactorRefused:
    case ErrorCode::secondFactorMissing:
    case ErrorCode::secondFactorThrottled:
        return true;
    default:
        return false;
    }
}

} // namespace

Result<HostCredential::Turn> HostCredential::turn(Attendance attendance) {
    Turn turn;
    if (attendance == Attendance::unattended)
        return turn;
    turn.place = std::unique_lock(turns_);
    if (!token_)
        return turn;
    auto code = token_->ask(false);
    if (!code)
        return std::move(code).error();
    turn.code = std::move(*code);
    return turn;
}

Result<kodiac::Reply> HostCredential::performOnce(kodiac::Kodiac& kodiac, kodiac::Call& call, const Turn& turn) {
    auto counter = counter_.take();
    if (!counter)
        return std::move(counter).error();
    call.host = host_;
    call.counter = *counter;
    call.code = turn.code ? *turn.code : own_.code(*counter);
    auto reply = kodiac.perform(call);
    if (reply || !inDoubt(reply.error().code))
        counter_.taken(*counter);
    return reply;
}

Result<kodiac::Reply> HostCredential::perform(kodiac::Kodiac& kodiac, kodiac::Call& call, const Turn& turn) {
    const auto reserved = reserve();
    auto reply = performOnce(kodiac, call, turn);
    if (!reply && reply.error().code == ErrorCode::secondFactorRefused && counter_.refused(call.counter))
        return performOnce(kodiac, call, turn);
    return reply;
}

void HostCredential::use(TokenCodes token) { token_ = std::move(token); }

Result<HostCredential::Pair> HostCredential::drawPair() {
    auto first = turn(Attendance::attended);
    if (!first)
        return std::move(first).error();
    Pair pair{std::move(*first), {}, 0, {}, {}};
    if (pair.turn.code) {
        auto next = token_->ask(true);
        if (!next)
            return std::move(next).error();
        pair.code = *pair.turn.code;
        pair.nextCode = std::move(*next);
        pair.reserved = reserve();
        return pair;
    }
    pair.reserved = reserve();
    auto counter = counter_.takePair();
    if (!counter)
        return std::move(counter).error();
    pair.counter = *counter;
    pair.code = own_.code(*counter);
    pair.nextCode = own_.code(*counter + 1);
    return pair;
}

Status HostCredential::goOnAt(std::uint64_t counter) {
    const auto reserved = reserve();
    return counter_.goOnAt(counter);
}

Status HostCredential::settle() {
    const auto reserved = reserve();
    return counter_.settle();
}

} // namespace ssprotect::session
