#include "ssprotect/ipc/instance_lock.h"

#include "run_folder.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>

namespace ssprotect::ipc {

/// The kernel lets the lock go with the process, however it ends; the file stays.
struct InstanceLock::Held {
    UniqueFd file;
};

namespace {

/// A child that was forked and has not yet become its program shares the lock: after the death of a process that was
/// just starting one, it is free a moment later.
bool lockSoon(int file) {
    constexpr int kTries = 20;
    constexpr std::chrono::milliseconds kPause{25};
    for (int tries = 1;; ++tries) {
        if (::flock(file, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK || tries == kTries)
            return false;
        std::this_thread::sleep_for(kPause);
    }
}

} // namespace

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
    if (!lockSoon(file.get())) {
        if (errno == EWOULDBLOCK)
            return makeError(ErrorCode::conflict, "a tray process already serves this home; end it first, or set "
                                                  "SSPROTECT_HOME to another folder");
        return systemError("the lock of the tray process can't be taken");
    }
    return InstanceLock(std::make_unique<Held>(Held{std::move(file)}));
}

} // namespace ssprotect::ipc
