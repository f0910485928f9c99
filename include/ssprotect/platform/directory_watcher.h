#pragma once

#include "ssprotect/platform/file_system.h"

#include <functional>
#include <memory>

namespace ssprotect::platform {

struct FolderChange {
    enum class Kind {
        created,    ///< also: moved here
        changed,    ///< content or attributes
        closed,     ///< by somebody who could write; Windows tells only `changed`
        removed,    ///< also: moved away
        everything, ///< what happened is not known (too much at once, or the folder itself is gone): look at it all
    };
    Kind kind = Kind::everything;
    Path name; ///< below the watched folder; empty for `everything`
};

/// Tells of changes in a folder and all folders below it until it is destroyed. Nothing is lost: what
/// could not be told one by one comes as `everything`. A change may be told twice.
class DirectoryWatcher {
public:
    virtual ~DirectoryWatcher() = default;
};

/// `happened` is called on a thread of the watcher, one call at a time, never after the destructor; it
/// must not destroy the watcher. Changes made after this returns are told.
Result<std::unique_ptr<DirectoryWatcher>> watchDirectory(const Path& folder,
                                                         std::function<void(const FolderChange&)> happened);

} // namespace ssprotect::platform
