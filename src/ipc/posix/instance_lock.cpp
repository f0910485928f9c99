#include "ssprotect/ipc/instance_lock.h"

#include "run_folder.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>

namespace ssprotect::ipc {

/// The kernel lets the lock go with the process, however it ends; the file stays.
struct InstanceLock::Held {
    UniqueFd file;
};

InstanceLock::InstanceLock(std::unique_ptr<Held> held) : held_(std::move(held)) {}
InstanceLock::InstanceLock(InstanceLock&&) noexcept = default;
InstanceLock& InstanceLock::operator=(InstanceLock&&) noexcept = default;
InstanceLock::~InstanceLock() = default;

Result<InstanceLock> InstanceLock::acquire(const Endpoint& endpoint) {
    auto folder = makeRunFolder(endpoint);
    if (!folder)
        return std::move(folder).error();
    UniqueFd file(::openat(folder->get(), kLockName, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file)
        return systemError("the lock of the tray process can't be opened");
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return makeError(ErrorCode::conflict, "a tray process already serves this home; end it first, or set "
                                                  "SSPROTECT_HOME to another folder");
        return systemError("the lock of the tray process can't be taken");
    }
    return InstanceLock(std::make_unique<Held>(Held{std::move(file)}));
}

} // namespace ssprotect::ipc
