#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ssprotect::ipc {

/// Lets the server's threads call out to its user until it is closed; closing waits for the calls that are
/// under way, so that the user may be destroyed afterwards. Any thread.
class HandlerGate {
public:
    /// False, without the call, when the gate is closed.
    bool call(const std::function<void()>& out);
    /// A caller that is itself inside a call waits for nobody: two of them would wait for each other.
    void close();
    bool inside() const;

private:
    bool insideLocked() const;

    mutable std::mutex mutex_;
    std::condition_variable left_;
    std::vector<std::thread::id> callers_;
    bool closed_ = false;
};

} // namespace ssprotect::ipc
