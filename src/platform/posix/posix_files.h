#pragma once

#include "background_closer.h"
#include "ssprotect/platform/file_system.h"

namespace ssprotect::platform {

/// Files by system calls.
class PosixFiles final : public FileSystem {
public:
    Result<std::unique_ptr<File>> open(const Path& path, Access access, Sharing sharing) override;
    Result<std::unique_ptr<File>> create(const Path& path) override;
    Result<FileInfo> info(const Path& path) override;
    Status copyAttributes(const Path& from, const Path& to) override;
    Status setModified(const Path& path, std::int64_t nanos) override;
    Result<Path> replace(const Path& target, const Path& replacement) override;
    Path displacedName(const Path& target, const Path& replacement) const override;
    Status rename(const Path& from, const Path& to) override;
    Status renameNew(const Path& from, const Path& to) override;
    Status remove(const Path& path) override;
    Status createDirectories(const Path& path) override;
    Result<std::vector<DirectoryEntry>> list(const Path& directory) override;
    Status syncDirectory(const Path& directory) override;
    Result<std::uint64_t> freeBytes(const Path& at) override;

private:
    BackgroundCloser closer_;
};

} // namespace ssprotect::platform
