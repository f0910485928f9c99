#include "replace.h"

#include "patience.h"
#include "ssprotect/platform/sibling_name.h"
#include "system_error.h"
#include "system_name.h"

namespace ssprotect::platform {
namespace {

/// Both names still lead where they did, and no program is in the way: worth another way.
bool refusedUntouched(DWORD error) { return !passesSoon(error) && error != ERROR_UNABLE_TO_MOVE_REPLACEMENT_2; }

Status requireFree(FileSystem& files, const Path& backup) {
    auto taken = files.info(backup);
    if (taken) // ReplaceFileW would overwrite it, and it may be the only copy
        return fileError(ERROR_ALREADY_EXISTS, "keep the old file as", backup);
    return taken.error().code == ErrorCode::notFound ? Status{} : Status{std::move(taken).error()};
}

/// The second half: the old file is at `backup`, the new one has to take its name.
Result<Path> moveIn(FileSystem& files, const Path& target, const Path& replacement, const Path& backup) {
    if (auto moved = files.renameNew(replacement, target); !moved) {
        static_cast<void>(files.renameNew(backup, target));
        return std::move(moved).error();
    }
    return backup;
}

} // namespace

Result<Path> replaceWithBackup(FileSystem& files, const Path& target, const Path& replacement) {
    const Path backup = parkedName(replacement);
    for (const Path& needed : {target, replacement})
        if (auto there = files.info(needed); !there)
            return std::move(there).error();
    if (auto free = requireFree(files, backup); !free)
        return std::move(free).error();
    const DWORD error = patiently([&] {
        return errorUnless(::ReplaceFileW(systemName(target).c_str(), systemName(replacement).c_str(),
                                          systemName(backup).c_str(), 0, nullptr, nullptr));
    });
    if (error == ERROR_SUCCESS)
        return backup;
    if (error == ERROR_UNABLE_TO_MOVE_REPLACEMENT_2) // the old file is at the backup's name already
        return moveIn(files, target, replacement, backup);
    if (refusedUntouched(error) && !files.info(backup).ok())
        return replaceByTwoRenames(files, target, replacement);
    return fileError(error, "replace", target);
}

} // namespace ssprotect::platform
