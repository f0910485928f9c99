#include "ssprotect/platform/runtime_folder.h"

#include "system_error.h"

#include <cstdlib>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace ssprotect::platform {

bool isMemoryBacked(const Path& folder) {
    struct statfs status {};
    if (uninterrupted([&] { return ::statfs(systemName(folder), &status); }) != 0)
        return false;
    return status.f_type == TMPFS_MAGIC || status.f_type == RAMFS_MAGIC;
}

std::optional<Path> ifPrivateMemory(const Path& folder) {
    struct stat status {};
    if (!folder.is_absolute() || ::lstat(systemName(folder), &status) != 0 || !S_ISDIR(status.st_mode))
        return std::nullopt;
    const bool ours = status.st_uid == ::geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    if (!ours || !isMemoryBacked(folder))
        return std::nullopt;
    return folder;
}

std::optional<Path> runtimeFolder() {
    if (const char* named = std::getenv("XDG_RUNTIME_DIR"); named != nullptr && *named != '\0')
        return ifPrivateMemory(named);
    return ifPrivateMemory("/run/user/" + std::to_string(::geteuid()));
}

} // namespace ssprotect::platform
