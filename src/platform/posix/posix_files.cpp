#include "posix_files.h"

#include "attributes.h"
#include "posix_file.h"
#include "replace.h"
#include "system_error.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

using Folder = std::unique_ptr<DIR, decltype([](DIR* folder) { ::closedir(folder); })>;

FileKind kindOf(const Path& path, const struct dirent& entry) {
    switch (entry.d_type) {
    case DT_REG:
        return FileKind::regular;
    case DT_DIR:
        return FileKind::directory;
    case DT_LNK:
        return FileKind::symbolicLink;
    case DT_UNKNOWN:
        break; // some file systems tell it only through stat
    default:
        return FileKind::other;
    }
    struct stat status {};
    return ::lstat(systemName(path / entry.d_name), &status) == 0 ? infoOf(status).kind : FileKind::other;
}

bool isSelfOrParent(std::string_view name) { return name == "." || name == ".."; }

bool isDirectory(const Path& path) {
    struct stat status {};
    return ::stat(systemName(path), &status) == 0 && S_ISDIR(status.st_mode);
}

constexpr off_t kSlowToFree = off_t{64} << 20;

/// Keeps a large file from being freed when its last name goes; else nothing.
Descriptor holdLarge(const Path& path) {
    Descriptor file(::open(systemName(path), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    struct stat status {};
    const bool large = file && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1 &&
                       status.st_size >= kSlowToFree;
    return large ? std::move(file) : Descriptor();
}

} // namespace

std::unique_ptr<FileSystem> makeSystemFiles() { return std::make_unique<PosixFiles>(); }

Result<std::unique_ptr<File>> PosixFiles::open(const Path& path, Access access, Sharing) {
    auto descriptor = openRegular(path, access == Access::read ? O_RDONLY : O_RDWR);
    if (!descriptor)
        return std::move(descriptor).error();
    return std::unique_ptr<File>(std::make_unique<PosixFile>(std::move(*descriptor), path));
}

Result<std::unique_ptr<File>> PosixFiles::create(const Path& path) {
    constexpr int kFlags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY;
    Descriptor descriptor(uninterrupted([&] { return ::open(systemName(path), kFlags, S_IRUSR | S_IWUSR); }));
    if (!descriptor)
        return fileError(errno, "create", path);
    return std::unique_ptr<File>(std::make_unique<PosixFile>(std::move(descriptor), path));
}

Result<FileInfo> PosixFiles::info(const Path& path) {
    struct stat status {};
    if (::lstat(systemName(path), &status) != 0)
        return fileError(errno, "examine", path);
    return infoOf(status);
}

Status PosixFiles::copyAttributes(const Path& from, const Path& to) { return copyAllAttributes(from, to); }

Status PosixFiles::setModified(const Path& path, std::int64_t nanos) {
    const auto time = std::chrono::nanoseconds(nanos);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    struct timespec times[2] = {};
    times[0].tv_nsec = UTIME_OMIT;
    times[1].tv_sec = static_cast<time_t>(seconds.count());
    times[1].tv_nsec = static_cast<long>((time - seconds).count());
    if (::utimensat(AT_FDCWD, systemName(path), times, AT_SYMLINK_NOFOLLOW) != 0)
        return fileError(errno, "set the time of", path);
    return {};
}

Result<Path> PosixFiles::replace(const Path& target, const Path& replacement) {
    return exchangeNames(*this, target, replacement);
}

Path PosixFiles::displacedName(const Path&, const Path& replacement) const { return replacement; }

Status PosixFiles::rename(const Path& from, const Path& to) {
    if (::rename(systemName(from), systemName(to)) != 0)
        return fileError(errno, "rename", from);
    return {};
}

Status PosixFiles::renameNew(const Path& from, const Path& to) { return renameToFreeName(from, to); }

Status PosixFiles::remove(const Path& path) {
    auto held = holdLarge(path);
    if (::unlink(systemName(path)) == 0) {
        if (held)
            closer_.close(std::move(held));
        return {};
    }
    if (errno == ENOENT || errno == ENOTDIR)
        return {};
    const int number = errno;
    // A folder: Linux says EISDIR, other systems EPERM.
    if ((number == EISDIR || number == EPERM) && ::rmdir(systemName(path)) == 0)
        return {};
    if (number == EISDIR || (number == EPERM && errno != ENOTDIR))
        return errno == ENOENT ? Status{} : Status{fileError(errno, "remove", path)};
    return fileError(number, "remove", path);
}

Status PosixFiles::createDirectories(const Path& path) {
    if (::mkdir(systemName(path), S_IRWXU) == 0)
        return {};
    if (errno == EEXIST)
        return isDirectory(path) ? Status{} : Status{fileError(EEXIST, "create the folder", path)};
    const Path parent = path.parent_path();
    if (errno != ENOENT || parent.empty() || parent == path || *systemName(path) == '\0')
        return isDirectory(path) ? Status{} : Status{fileError(errno, "create the folder", path)};
    if (auto made = createDirectories(parent); !made)
        return made;
    if (::mkdir(systemName(path), S_IRWXU) != 0 && !(errno == EEXIST && isDirectory(path)))
        return fileError(errno, "create the folder", path);
    return {};
}

Result<std::vector<DirectoryEntry>> PosixFiles::list(const Path& directory) {
    const Folder folder(::opendir(systemName(directory)));
    if (!folder)
        return fileError(errno, "list", directory);
    std::vector<DirectoryEntry> entries;
    for (;;) {
        errno = 0;
        const struct dirent* entry = ::readdir(folder.get());
        if (entry == nullptr)
            break;
        if (!isSelfOrParent(entry->d_name))
            entries.push_back({entry->d_name, kindOf(directory, *entry)});
    }
    if (errno != 0)
        return fileError(errno, "list", directory);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.name.native() < b.name.native(); });
    return entries;
}

Status PosixFiles::syncDirectory(const Path& directory) {
    const Descriptor folder(
        uninterrupted([&] { return ::open(systemName(directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!folder)
        return fileError(errno, "save the folder", directory);
    // EINVAL: a file system that cannot sync folders (some network and FUSE ones) orders them itself.
    if (uninterrupted([&] { return ::fsync(folder.get()); }) != 0 && errno != EINVAL)
        return fileError(errno, "save the folder", directory);
    return {};
}

Result<std::uint64_t> PosixFiles::freeBytes(const Path& at) {
    closer_.wait();
    struct statvfs status {};
    if (uninterrupted([&] { return ::statvfs(systemName(at), &status); }) != 0)
        return fileError(errno, "measure the free space at", at);
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

} // namespace ssprotect::platform
