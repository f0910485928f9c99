#include "replace.h"

#include "ssprotect/platform/sibling_name.h"
#include "system_error.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ssprotect::platform {
namespace {

int renameWith(const Path& from, const Path& to, unsigned flags) {
    return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, systemName(from), AT_FDCWD, systemName(to), flags));
}

/// The kernel or this file system does not know the flag.
bool lacksFlag(int number) { return number == EINVAL || number == ENOSYS; }

bool lacksLinks(int number) {
    return number == EPERM || number == EOPNOTSUPP || number == ENOSYS || number == EMLINK || number == EINVAL;
}

Status syncFolderOf(FileSystem& files, const Path& path) {
    const Path parent = path.parent_path();
    return files.syncDirectory(parent.empty() ? Path(".") : parent);
}

} // namespace

Result<Path> exchangeNames(FileSystem& files, const Path& target, const Path& replacement) {
    if (renameWith(replacement, target, RENAME_EXCHANGE) == 0)
        return replacement;
    if (!lacksFlag(errno))
        return fileError(errno, "replace", target);
    return replaceWithLink(files, target, replacement);
}

Result<Path> replaceWithLink(FileSystem& files, const Path& target, const Path& replacement) {
    const Path parked = parkedName(replacement);
    if (auto there = files.info(replacement); !there)
        return std::move(there).error();
    if (::link(systemName(target), systemName(parked)) != 0) {
        if (lacksLinks(errno))
            return replaceByRenames(files, target, replacement);
        return fileError(errno, "replace", target);
    }
    // The second name of the old file has to be on disk before its first one is given away.
    auto done = syncFolderOf(files, target);
    if (done)
        done = files.rename(replacement, target);
    if (!done) {
        static_cast<void>(files.remove(parked));
        return std::move(done).error();
    }
    done = syncFolderOf(files, target);
    if (done)
        done = files.renameNew(parked, replacement);
    if (!done)
        return std::move(done).error();
    return replacement;
}

Status renameToFreeName(const Path& from, const Path& to) {
    if (renameWith(from, to, RENAME_NOREPLACE) == 0)
        return {};
    if (!lacksFlag(errno))
        return fileError(errno, errno == EEXIST ? "move a file to" : "rename", errno == EEXIST ? to : from);
    if (::link(systemName(from), systemName(to)) == 0) {
        if (::unlink(systemName(from)) != 0)
            return fileError(errno, "rename", from);
        return {};
    }
    if (errno == EEXIST)
        return fileError(EEXIST, "move a file to", to);
    if (!lacksLinks(errno)) // folders come here too: link() refuses them with EPERM
        return fileError(errno, "rename", from);
    struct stat status {};
    if (::lstat(systemName(to), &status) == 0)
        return fileError(EEXIST, "move a file to", to);
    if (::rename(systemName(from), systemName(to)) != 0)
        return fileError(errno, "rename", from);
    return {};
}

} // namespace ssprotect::platform
