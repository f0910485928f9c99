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

Result<kodiac::Reply> HostCredential::performOnce(kodiac::Kodiac& kodiac, kodiac::Call& call) {
    auto counter = counter_.take();
    if (!counter)
        return std::move(counter).error();
    call.host = host_;
    call.counter = *counter;
    auto code = codes_->code(*counter);
    if (!code)
        return std::move(code).error();
    call.code = std::move(*code);
    auto reply = kodiac.perform(call);
    if (reply || !inDoubt(reply.error().code))
        counter_.taken(*counter);
    return reply;
}

Result<kodiac::Reply> HostCredential::perform(kodiac::Kodiac& kodiac, kodiac::Call& call) {
    const auto reserved = reserve();
    auto reply = performOnce(kodiac, call);
    if (!reply && reply.error().code == ErrorCode::secondFactorRefused && counter_.refused(call.counter))
        return performOnce(kodiac, call);
    return reply;
}

void HostCredential::use(std::unique_ptr<CodeSource> codes) {
    const auto reserved = reserve();
    codes_ = std::move(codes);
}

Result<HostCredential::Pair> HostCredential::drawPair() {
    const auto reserved = reserve();
    auto counter = counter_.takePair();
    if (!counter)
        return std::move(counter).error();
    auto code = codes_->code(*counter);
    if (!code)
        return std::move(code).error();
    auto next = codes_->code(*counter + 1);
    if (!next)
        return std::move(next).error();
    return Pair{*counter, std::move(*code), std::move(*next)};
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
