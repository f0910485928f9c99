#pragma once

#include "ssprotect/conversion/item_result.h"

#include <functional>
#include <string>
#include <vector>

namespace ssprotect::conversion {

/// Which files below a folder a bulk job takes. Patterns know `*` and `?`, are held against the file's
/// name, and ASCII letters match in either case.
struct BulkFilter {
    std::vector<std::string> include; ///< empty: all
    std::vector<std::string> exclude;
    std::optional<std::uint64_t> leastSize;
    std::optional<std::uint64_t> mostSize;

    bool takes(const platform::Path& path, std::uint64_t size) const;
};

struct BulkSelection {
    std::vector<platform::Path> roots;    ///< absolute; files or folders
    bool recursive = false;               ///< else a folder is refused
    BulkFilter filter;                    ///< for files below folders; a file named itself is always taken
    std::vector<platform::Path> excluded; ///< SSProtect's own folders: never entered, and said
    /// Asked for each file; an error refuses it. Empty: none is refused.
    std::function<Status(const platform::Path&)> mayTouch;
};

/// A file of the selection, or what was refused at sight and why.
struct BulkCandidate {
    platform::Path path;
    std::uint64_t size = 0;
    std::optional<Error> refusal;
    Skipped skipped = Skipped::no;
};

enum class Look {
    outside, ///< kind, size and links: enough to hand files on
    inside,  ///< also whether a file is protected: for counting and dry runs
};

/// Walks the selection in name order: hidden files too, links not followed, each file once, one folder's
/// names in memory at a time. `visit` returns false to stop.
void walkSelection(platform::FileSystem& files, const BulkSelection& selection, Operation operation, Look look,
                   const std::function<bool(BulkCandidate)>& visit);

/// Whether the user named that path itself.
bool isNamed(const BulkSelection& selection, const platform::Path& path);

struct BulkCount {
    std::uint64_t files = 0; ///< to convert
    std::uint64_t bytes = 0;
    std::uint64_t skipped = 0;
    std::uint64_t refused = 0;
};

} // namespace ssprotect::conversion
