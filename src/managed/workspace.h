#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/managed/parts.h"
#include "ssprotect/platform/file_system.h"

#include <mutex>
#include <set>
#include <vector>

namespace ssprotect::managed {

/// A folder for one open document, for the owner only (0700), with a random name and the document under its own
/// name inside: below the runtime folder (memory), or below `$SSPROTECT_HOME/workspace` (disk) when there is
/// none or the document is too big for it. Any thread.
class Workspaces {
public:
    Workspaces(platform::FileSystem& files, const Settings& settings);

    /// Where a document of that size goes; nothing is made yet. In memory it takes at most `mostInMemory` and
    /// half of what is free, since saves by rename need its size twice.
    platform::Path choose(const std::string& name, std::uint64_t size) const;
    bool inMemory(const platform::Path& workspace) const;
    Status create(const platform::Path& workspace);

    /// Overwrites every file and removes all. What cannot be overwritten is removed nevertheless. Absent is ok.
    /// What cannot go yet, because a program has it open, is remembered.
    Status wipe(const platform::Path& workspace);
    /// Some workspace is to go and is still there.
    bool anyLeft() const;
    /// Tries again.
    void wipeLeft();
    /// One file of a workspace.
    Status wipeFile(const platform::Path& file);

    /// Every workspace there is, of this home.
    std::vector<platform::Path> all() const;

private:
    Status wipeWhole(const platform::Path& workspace);

    platform::FileSystem& files_;
    platform::Path onDisk_;
    platform::Path inMemory_; ///< empty: none
    std::uint64_t mostInMemory_;
    mutable std::mutex leftMutex_;
    std::set<platform::Path> left_;
};

/// The regular files below a folder, relative to it and sorted. Links are not followed.
Result<std::vector<platform::Path>> filesBelow(platform::FileSystem& files, const platform::Path& folder);

} // namespace ssprotect::managed
