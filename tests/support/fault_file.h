#pragma once

#include "support/fault_file_system.h"

namespace ssprotect::support {

/// An open file of the model; reaches its inode also after the name is gone.
class FaultFile final : public platform::File {
public:
    FaultFile(FaultFileSystem& files, NodePtr node, Path path, platform::Access access)
        : files_(files), node_(std::move(node)), path_(std::move(path)), access_(access) {}

    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override;
    Status writeAt(std::uint64_t offset, ByteView from) override;
    Status resize(std::uint64_t size) override;
    Status sync() override;
    void startWriteback(std::uint64_t, std::uint64_t) override {}
    Result<platform::FileInfo> info() override;

private:
    Status writable() const;

    FaultFileSystem& files_;
    NodePtr node_;
    Path path_;
    platform::Access access_;
};

} // namespace ssprotect::support
