#pragma once

#include "distant_files.h"
#include "mark_cache.h"

#include <array>
#include <atomic>
#include <filesystem>
#include <string>

namespace ssprotect::shellext {

/// What files are, found out within the time that Explorer's threads have: by the first bytes, once per content. Files
/// on network drives are looked at on a thread of their own. Any thread.
class FileLooker {
public:
    using Path = std::filesystem::path;
    using Clock = std::chrono::steady_clock;

    FileLooker();

    /// For overlays: never waits for a network.
    FileMark glance(const Path& path);
    /// For menus: waits for a network until `until`.
    FileMark look(const Path& path, Clock::time_point until);

private:
    enum class Reach { here, network, none };

    Reach reachOf(const Path& path);
    FileMark lookHere(const Path& path);

    static constexpr std::size_t kDrives = 26;

    MarkCache cache_;
    /// What GetDriveType said and when, packed: it asks the system each time.
    std::array<std::atomic<std::uint64_t>, kDrives> drives_{};
    DistantFiles distant_;
};

/// The name for the system's calls, not bound to 260 characters.
std::wstring longPath(const std::filesystem::path& path);

/// The first bytes, at most `room`; nothing when the file can't be read. Follows no link out of the drive.
std::size_t readFirstBytes(const std::filesystem::path& path, MutableByteView room);

} // namespace ssprotect::shellext
