#pragma once

#include "file_mark.h"

#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

namespace ssprotect::shellext {

/// Tells one content of a file from another without opening it.
struct FileStamp {
    std::uint64_t modified = 0; ///< in the system's own unit
    std::uint64_t size = 0;

    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// What files were found to be, by path and stamp: a table of fixed size that forgets what was used least of the few
/// that share a place. Paths are kept as 128-bit hashes, so that a folder of 10,000 files fits. Any thread.
class MarkCache {
public:
    explicit MarkCache(std::size_t entries = 16'384);

    std::optional<FileMark> find(const std::filesystem::path& path, const FileStamp& stamp);
    void keep(const std::filesystem::path& path, const FileStamp& stamp, const FileMark& mark);

private:
    static constexpr std::size_t kWays = 4;

    struct Key {
        std::uint64_t high = 0;
        std::uint64_t low = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Entry {
        Key key;
        FileStamp stamp;
        FileMark mark;
        std::uint64_t used = 0; ///< 0: empty
    };

    Key keyOf(const std::filesystem::path& path) const;
    Entry* placeOf(const Key& key);

    const std::uint64_t seed_;
    std::mutex mutex_;
    std::vector<Entry> entries_;
    std::uint64_t clock_ = 0;
};

} // namespace ssprotect::shellext
