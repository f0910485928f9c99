#pragma once

#include "descriptor.h"
#include "ssprotect/platform/file_system.h"

#include <sys/stat.h>

namespace ssprotect::platform {

FileInfo infoOf(const struct stat& status);

/// Opens an existing regular file and nothing else: no link is followed, and a FIFO or device is
/// refused without waiting for its other end.
Result<Descriptor> openRegular(const Path& path, int accessMode);

class PosixFile final : public File {
public:
    /// `path` is for messages.
    PosixFile(Descriptor descriptor, Path path) : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override;
    Status writeAt(std::uint64_t offset, ByteView from) override;
    Status resize(std::uint64_t size) override;
    Status sync() override;
    void startWriteback(std::uint64_t offset, std::uint64_t length) override;
    Result<FileInfo> info() override;

private:
    Descriptor descriptor_;
    Path path_;
};

} // namespace ssprotect::platform
