#pragma once

#include "ssprotect/ipc/pipe_client.h"
#include "ssprotect/platform/shutdown_signals.h"

#include <atomic>

namespace ssprotect::cli {

/// Turns Ctrl-C (and the end of the terminal or of the user's session) into wakes of a waiting call, as long as it
/// lives.
class Interrupts {
public:
    /// `pipe` must outlive it and stay where it is.
    explicit Interrupts(ipc::PipeClient& pipe)
        : enabled_(pipe.enableWake()), signals_([this, &pipe](platform::ShutdownReason) {
              ++count_;
              if (enabled_)
                  pipe.wake();
          }) {}

    int count() const { return count_; }

private:
    Status enabled_;
    std::atomic<int> count_ = 0;
    platform::ShutdownSignals signals_; ///< last: its thread uses the others
};

} // namespace ssprotect::cli
