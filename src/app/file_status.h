#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/container/overlay.h"
#include "ssprotect/platform/file_system.h"

#include <map>
#include <optional>
#include <span>

namespace ssprotect::app {

/// Whose files are red and whose yellow (PROT-16).
struct Beholder {
    container::Viewer viewer;
    bool loggedIn = false; ///< after logout the colours stay, the ownership is not told
};

/// The `files` rows of `status`: from each file's header alone, several files at a time, no network and no
/// session. `opened`: the containers in managed access, by chain. A row that has no state says why in `error`.
Json statusOf(platform::FileSystem& files, std::span<const platform::Path> paths,
              const std::optional<Beholder>& beholder, const std::multimap<FileId, platform::Path>& opened);

} // namespace ssprotect::app
