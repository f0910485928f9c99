#pragma once

#include "ssprotect/ipc/endpoint.h"

#include <memory>

namespace ssprotect::ipc {

/// One tray process per home: held from before the first file of the home is touched until the
/// process ends. Whoever holds it may take away what a crashed predecessor left in the run folder.
class InstanceLock {
public:
    /// Makes the home and its run folder (owner only) when missing. `conflict` when another tray process
    /// holds the lock, `peer-refused` when the folder belongs to somebody else.
    static Result<InstanceLock> acquire(const Endpoint& endpoint);

    InstanceLock(InstanceLock&&) noexcept;
    InstanceLock& operator=(InstanceLock&&) noexcept;
    ~InstanceLock();

private:
    struct Held;
    explicit InstanceLock(std::unique_ptr<Held> held);
    std::unique_ptr<Held> held_;
};

} // namespace ssprotect::ipc
