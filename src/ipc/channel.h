#pragma once

#include "ssprotect/base/bytes.h"
#include "ssprotect/base/clock.h"
#include "ssprotect/ipc/endpoint.h"

#include <memory>
#include <optional>

namespace ssprotect::ipc {

/// The client's end of one byte stream: blocking, one thread, except `wake`.
class Channel {
public:
    /// Monotonic.
    using Deadline = std::optional<std::chrono::steady_clock::time_point>;

    virtual ~Channel() = default;

    /// All of it. `no-tray-process` when the server went away or does not read until the deadline.
    virtual Status write(ByteView from, Deadline deadline) = 0;
    /// At least one byte; 0: woken. `no-tray-process` when the server went away or sent nothing until the deadline.
    virtual Result<std::size_t> read(MutableByteView to, Deadline deadline) = 0;

    /// Before the first `wake`.
    virtual Status enableWake() = 0;
    /// Ends a read under way, or the next one. From any thread or signal handler.
    virtual void wake() noexcept = 0;
};

/// `no-tray-process` when nobody listens, `peer-refused` when somebody else does.
Result<std::unique_ptr<Channel>> openChannel(const Endpoint& endpoint);

} // namespace ssprotect::ipc
