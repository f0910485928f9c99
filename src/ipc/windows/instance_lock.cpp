#include "ssprotect/ipc/instance_lock.h"

#include "long_path.h"
#include "run_folder.h"
#include "system_error.h"

namespace ssprotect::ipc {

/// The system lets the lock go with the process, however it ends; the file stays.
struct InstanceLock::Held {
    UniqueHandle file;
};

InstanceLock::InstanceLock(std::unique_ptr<Held> held) : held_(std::move(held)) {}
InstanceLock::InstanceLock(InstanceLock&&) noexcept = default;
InstanceLock& InstanceLock::operator=(InstanceLock&&) noexcept = default;
InstanceLock::~InstanceLock() = default;

Result<InstanceLock> InstanceLock::acquire(const Endpoint& endpoint) {
    const auto folder = makeRunFolder(endpoint);
    if (!folder)
        return folder.error();
    // A lock on a byte, not a file that nobody else may open: a virus scanner that looks at the file does not count.
    UniqueHandle file(::CreateFileW(longPath(endpoint.runFolder() / "tray.lock").c_str(), GENERIC_READ | GENERIC_WRITE,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_ALWAYS,
                                    FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
    if (!file)
        return systemError("the lock of the tray process can't be opened");
    OVERLAPPED firstByte{};
    if (!::LockFileEx(file.get(), LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &firstByte)) {
        const auto failed = ::GetLastError();
        if (failed == ERROR_LOCK_VIOLATION || failed == ERROR_IO_PENDING)
            return makeError(ErrorCode::conflict, "a tray process already serves this home; end it first, or set "
                                                  "SSPROTECT_HOME to another folder");
        return systemError("the lock of the tray process can't be taken", failed);
    }
    return InstanceLock(std::make_unique<Held>(Held{std::move(file)}));
}

} // namespace ssprotect::ipc
