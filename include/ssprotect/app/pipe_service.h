#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/result.h"
#include "ssprotect/ipc/instance_lock.h"

#include <memory>

namespace ssprotect::app {

class Application;

/// Serves the method table of one home over its pipe, on a thread of its own.
class PipeService {
public:
    /// `application` and `lock` outlive it.
    static Result<std::unique_ptr<PipeService>> start(Application& application, const ipc::Endpoint& endpoint,
                                                      const ipc::InstanceLock& lock);
    /// As `stop(0)`.
    virtual ~PipeService() = default;
    /// Sends the answers that are ready, for at most `flushTime`, and ends all connections.
    virtual void stop(Duration flushTime) = 0;
};

} // namespace ssprotect::app
