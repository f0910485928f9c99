#include "distant_files.h"

#include <condition_variable>
#include <optional>

namespace ssprotect::shellext {
namespace {

/// A network drive has no cheap stamp, so what was seen counts for that long.
constexpr std::chrono::seconds kFresh{10};
constexpr std::size_t kMostKnown = 4096;
constexpr std::size_t kMostWaiting = 256;

} // namespace

struct DistantFiles::Shared {
    struct Entry {
        FileMark mark;
        std::optional<Clock::time_point> seen; ///< none: not yet
        bool looking = false;
        bool awaited = false;
    };

    std::mutex mutex;
    std::condition_variable changed;
    std::map<Path::string_type, Entry> entries;
    Look look;
    Found found;
};

DistantFiles::DistantFiles(Look look, Found found) : shared_(std::make_shared<Shared>()), looking_(kMostWaiting) {
    shared_->look = std::move(look);
    shared_->found = std::move(found);
}

DistantFiles::~DistantFiles() = default;

FileMark DistantFiles::known(const Path& path) { return lookFor(path, Clock::time_point::min()); }

FileMark DistantFiles::ask(const Path& path, Clock::duration patience) {
    return lookFor(path, Clock::now() + patience);
}

FileMark DistantFiles::lookFor(const Path& path, Clock::time_point until) {
    std::unique_lock lock(shared_->mutex);
    auto& entries = shared_->entries;
    if (entries.size() >= kMostKnown && !entries.contains(path.native()))
        std::erase_if(entries, [](const auto& each) { return !each.second.looking; });
    auto& entry = entries[path.native()];
    if (entry.seen && Clock::now() - *entry.seen < kFresh)
        return entry.mark;
    if (!entry.looking) {
        entry.looking = looking_.run([shared = shared_, path] {
            const auto mark = shared->look(path);
            bool tell = false;
            {
                std::lock_guard taken(shared->mutex);
                auto& done = shared->entries[path.native()];
                tell = mark.kind == FileKind::sealed && !done.awaited && mark != done.mark;
                done = {mark, Clock::now(), false, false};
            }
            shared->changed.notify_all();
            if (tell)
                shared->found(path);
        });
        if (!entry.looking)
            return entry.mark; // the share does not answer, and many wait for it
    }
    if (until == Clock::time_point::min())
        return entry.mark; // what was seen last, until the look has ended
    entry.awaited = true;
    shared_->changed.wait_until(lock, until, [&] { return !shared_->entries[path.native()].looking; });
    auto& now = shared_->entries[path.native()];
    now.awaited = false;
    return now.mark;
}

} // namespace ssprotect::shellext
