#include "kodiac_folder.h"

#include "compact_time.h"

namespace ssprotect::session {
namespace {

Result<platform::Path> moveAside(const Environment& environment, const HomeLayout& layout) {
    const std::string base = "kodiac.before-restore-" + compactTime(environment.clock.now());
    for (int number = 1;; ++number) {
        const platform::Path aside = layout.home / (number == 1 ? base : base + "-" + std::to_string(number));
        const Status moved = environment.files.renameNew(layout.kodiacFolder(), aside);
        if (moved)
            return aside;
        if (moved.error().code != ErrorCode::alreadyExists)
            return moved.error();
    }
}

bool exists(platform::FileSystem& files, const platform::Path& path) { return files.info(path).ok(); }

} // namespace

Result<std::optional<platform::Path>> settleRestore(const Environment& environment, const HomeLayout& layout) {
    platform::FileSystem& files = environment.files;
    std::optional<platform::Path> aside;
    if (exists(files, restoringFolder(layout)))
        if (auto removed = platform::removeTree(files, restoringFolder(layout)); !removed)
            return std::move(removed).error();
    if (!exists(files, restoredFolder(layout)))
        return aside;
    if (exists(files, layout.kodiacFolder())) {
        auto moved = moveAside(environment, layout);
        if (!moved)
            return std::move(moved).error();
        aside = std::move(*moved);
    }
    if (auto placed = files.renameNew(restoredFolder(layout), layout.kodiacFolder()); !placed)
        return std::move(placed).error();
    if (auto durable = files.syncDirectory(layout.home); !durable)
        return std::move(durable).error();
    return aside;
}

} // namespace ssprotect::session
