#pragma once

#include "ssprotect/platform/file_system.h"

#include <atomic>
#include <functional>

namespace ssprotect::support {

/// A real file system that asks before each step that changes or syncs it: `before(ordinal)` (from
/// 1, any thread) may return an Error, which the step then returns undone, or may never return (a
/// process that ends itself there, for kill loops). `inner` outlives it and its files.
class WatchedFiles final : public platform::FileSystem {
public:
    using Before = std::function<Status(unsigned ordinal)>;

    WatchedFiles(platform::FileSystem& inner, Before before) : inner_(inner), before_(std::move(before)) {}

    unsigned operationCount() const { return count_; }
    Status step() { return before_(++count_); }

    Result<std::unique_ptr<platform::File>> open(const platform::Path& path, platform::Access access,
                                                 platform::Sharing sharing) override;
    Result<std::unique_ptr<platform::File>> create(const platform::Path& path) override;
    Result<platform::FileInfo> info(const platform::Path& path) override { return inner_.info(path); }
    Status copyAttributes(const platform::Path& from, const platform::Path& to) override;
    Status setModified(const platform::Path& path, std::int64_t nanos) override;
    Result<platform::Path> replace(const platform::Path& target, const platform::Path& replacement) override;
    platform::Path displacedName(const platform::Path& target, const platform::Path& replacement) const override {
        return inner_.displacedName(target, replacement);
    }
    Status rename(const platform::Path& from, const platform::Path& to) override;
    Status renameNew(const platform::Path& from, const platform::Path& to) override;
    Status remove(const platform::Path& path) override;
    Status createDirectories(const platform::Path& path) override;
    Result<std::vector<platform::DirectoryEntry>> list(const platform::Path& directory) override {
        return inner_.list(directory);
    }
    Status syncDirectory(const platform::Path& directory) override;
    Result<std::uint64_t> freeBytes(const platform::Path& at) override { return inner_.freeBytes(at); }

private:
    platform::FileSystem& inner_;
    Before before_;
    std::atomic<unsigned> count_{0};
};

} // namespace ssprotect::support
