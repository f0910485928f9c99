#include "handler_gate.h"

#include <algorithm>

namespace ssprotect::ipc {

bool HandlerGate::call(const std::function<void()>& out) {
    const auto self = std::this_thread::get_id();
    {
        const std::lock_guard lock(mutex_);
        if (closed_)
            return false;
        callers_.push_back(self);
    }
    out();
    {
        const std::lock_guard lock(mutex_);
        callers_.erase(std::find(callers_.begin(), callers_.end(), self));
        left_.notify_all();
    }
    return true;
}

void HandlerGate::close() {
    std::unique_lock lock(mutex_);
    closed_ = true;
    if (!insideLocked())
        left_.wait(lock, [this] { return callers_.empty(); });
}

bool HandlerGate::inside() const {
    const std::lock_guard lock(mutex_);
    return insideLocked();
}

bool HandlerGate::insideLocked() const {
    return std::find(callers_.begin(), callers_.end(), std::this_thread::get_id()) != callers_.end();
}

} // namespace ssprotect::ipc
