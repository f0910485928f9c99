#pragma once

#include <functional>
#include <memory>

namespace ssprotect::platform {

enum class ShutdownReason {
    asked,       ///< SIGTERM: the system or the user's session ends
    interrupted, ///< SIGINT: Ctrl-C
    hungUp,      ///< SIGHUP: the terminal is gone
};

/// Turns the system's wish that this process ends into a call, until destroyed. Make it before any other
/// thread, so that all of them leave these signals to it. One per process.
class ShutdownSignals {
public:
    /// `asked` runs on a thread of this object, one call at a time; it may be called more than once.
    explicit ShutdownSignals(std::function<void(ShutdownReason)> asked);
    ~ShutdownSignals();
    ShutdownSignals(const ShutdownSignals&) = delete;
    ShutdownSignals& operator=(const ShutdownSignals&) = delete;

private:
    class Listener;
    std::unique_ptr<Listener> listener_;
};

} // namespace ssprotect::platform
