#include "posix_file.h"

#include "system_error.h"

#include <fcntl.h>

namespace ssprotect::platform {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

FileKind kindOf(mode_t mode) {
    if (S_ISREG(mode))
        return FileKind::regular;
    if (S_ISDIR(mode))
        return FileKind::directory;
    return S_ISLNK(mode) ? FileKind::symbolicLink : FileKind::other;
}

std::int64_t nanosOf(const struct timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * kNanosPerSecond + time.tv_nsec;
}

Status refuseIrregular(mode_t mode, const Path& path) {
    if (S_ISREG(mode))
        return {};
    if (S_ISLNK(mode))
        return fileError(ELOOP, "open", path);
    return fileError(S_ISDIR(mode) ? EISDIR : ENXIO, "open", path);
}

} // namespace

FileInfo infoOf(const struct stat& status) {
    FileInfo info;
    info.kind = kindOf(status.st_mode);
    info.size = static_cast<std::uint64_t>(status.st_size);
    info.modifiedNanos = nanosOf(status.st_mtim);
    info.changedNanos = nanosOf(status.st_ctim);
    info.modified = std::chrono::floor<Duration>(
        std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(info.modifiedNanos)));
    info.device = static_cast<std::uint64_t>(status.st_dev);
    info.inode = static_cast<std::uint64_t>(status.st_ino);
    info.linkCount = static_cast<std::uint32_t>(status.st_nlink);
    info.writable = (status.st_mode & S_IWUSR) != 0;
    // With an ACL the group bits are its mask, so none of its entries has access either.
    info.ownerOnly = status.st_uid == ::geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    return info;
}

Result<Descriptor> openRegular(const Path& path, int accessMode) {
    struct stat status {};
    // Looked at before the open, because opening a device can already do something (rewind a
    // tape, reset a line), and after it, because the name may have changed hands meanwhile.
    if (::lstat(systemName(path), &status) != 0)
        return fileError(errno, "open", path);
    if (auto refused = refuseIrregular(status.st_mode, path); !refused)
        return std::move(refused).error();
    const int flags = accessMode | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    Descriptor descriptor(uninterrupted([&] { return ::open(systemName(path), flags); }));
    if (!descriptor || ::fstat(descriptor.get(), &status) != 0)
        return fileError(errno, "open", path);
    if (auto refused = refuseIrregular(status.st_mode, path); !refused)
        return std::move(refused).error();
    return descriptor;
}

Result<std::size_t> PosixFile::readAt(std::uint64_t offset, MutableByteView to) {
    std::size_t done = 0;
    while (done < to.size()) {
        const auto got = uninterrupted([&] {
            return ::pread(descriptor_.get(), to.data() + done, to.size() - done, static_cast<off_t>(offset + done));
        });
        if (got < 0)
            return fileError(errno, "read", path_);
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Status PosixFile::writeAt(std::uint64_t offset, ByteView from) {
    std::size_t done = 0;
    while (done < from.size()) {
        const auto wrote = uninterrupted([&] {
            return ::pwrite(descriptor_.get(), from.data() + done, from.size() - done,
                            static_cast<off_t>(offset + done));
        });
        if (wrote < 0)
            return fileError(errno, "write", path_);
        if (wrote == 0) // no progress and no reason given: never spin on it
            return fileError(EIO, "write", path_);
        done += static_cast<std::size_t>(wrote);
    }
    return {};
}

Status PosixFile::resize(std::uint64_t size) {
    if (uninterrupted([&] { return ::ftruncate(descriptor_.get(), static_cast<off_t>(size)); }) != 0)
        return fileError(errno, "resize", path_);
    return {};
}

Status PosixFile::sync() {
    // Not fdatasync: it may leave out owner, mode and ACL, and a crash would then publish the
    // content under wider or narrower permissions than were set.
    if (uninterrupted([&] { return ::fsync(descriptor_.get()); }) != 0)
        return fileError(errno, "save", path_);
    return {};
}

void PosixFile::startWriteback([[maybe_unused]] std::uint64_t offset, [[maybe_unused]] std::uint64_t length) {
#ifdef SYNC_FILE_RANGE_WRITE
    static_cast<void>(::sync_file_range(descriptor_.get(), static_cast<off_t>(offset), static_cast<off_t>(length),
                                        SYNC_FILE_RANGE_WRITE));
#endif
}

Result<FileInfo> PosixFile::info() {
    struct stat status {};
    if (::fstat(descriptor_.get(), &status) != 0)
        return fileError(errno, "examine", path_);
    return infoOf(status);
}

} // namespace ssprotect::platform
