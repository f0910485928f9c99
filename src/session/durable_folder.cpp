#include "durable_folder.h"

namespace ssprotect::session {

Status makeDurableFolder(platform::FileSystem& files, const platform::Path& folder) {
    platform::Path existing = folder;
    while (!files.info(existing) && existing.has_relative_path())
        existing = existing.parent_path();
    if (auto made = files.createDirectories(folder); !made)
        return made;
    for (platform::Path made = folder; made != existing; made = made.parent_path())
        if (auto durable = files.syncDirectory(made.parent_path()); !durable)
            return durable;
    // The one that was there may be as young as this process; its parent need not be ours.
    static_cast<void>(files.syncDirectory(existing.parent_path()));
    return {};
}

void clearLeftovers(platform::FileSystem& files, const platform::Path& folder) {
    static_cast<void>(platform::removeSiblings(files, folder));
}

} // namespace ssprotect::session
