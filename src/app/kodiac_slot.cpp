#include "kodiac_slot.h"

#include <mutex>

namespace ssprotect::app {
namespace {

Error closedError() {
    return makeError(ErrorCode::kodiacUnreachable,
                     "the embedded KODiAC could not be opened again; restart the tray process");
}

} // namespace

Status KodiacSlot::open() {
    std::unique_lock lock(mutex_);
    auto opened = opener_();
    if (!opened)
        return std::move(opened).error();
    kodiac_ = std::move(*opened);
    return {};
}

Status KodiacSlot::whileClosed(const std::function<Status()>& work) {
    std::unique_lock lock(mutex_);
    kodiac_.reset();
    auto done = work();
    auto opened = opener_();
    if (opened)
        kodiac_ = std::move(*opened);
    if (!done)
        return done;
    return opened ? Status{} : Status{std::move(opened).error()};
}

Result<kodiac::Reply> KodiacSlot::perform(const kodiac::Call& call) {
    std::shared_lock lock(mutex_);
    if (kodiac_ == nullptr)
        return closedError();
    return kodiac_->perform(call);
}

crypto::Sha256Digest KodiacSlot::channelBinding() const {
    std::shared_lock lock(mutex_);
    return kodiac_ != nullptr ? kodiac_->channelBinding() : crypto::Sha256Digest{};
}

Status KodiacSlot::snapshotTo(const platform::Path& folder) {
    std::shared_lock lock(mutex_);
    if (kodiac_ == nullptr)
        return closedError();
    return kodiac_->snapshotTo(folder);
}

} // namespace ssprotect::app
