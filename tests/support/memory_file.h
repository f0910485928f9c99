#pragma once

#include "ssprotect/platform/file_system.h"

#include <mutex>

namespace ssprotect::test {

/// A file that is nothing but bytes. As a real one, it may be read and written by several threads; `content`,
/// `sync` and `resize` by one, while no other is at work.
class MemoryFile : public platform::File {
public:
    MemoryFile() = default;
    explicit MemoryFile(Bytes content) : content_(std::move(content)) {}

    Result<std::size_t> readAt(std::uint64_t offset, MutableByteView to) override;
    Status writeAt(std::uint64_t offset, ByteView from) override;
    Status resize(std::uint64_t size) override;
    Status sync() override { return {}; }
    void startWriteback(std::uint64_t, std::uint64_t) override {}
    Result<platform::FileInfo> info() override;

    Bytes& content() { return content_; }

private:
    std::mutex mutex_;
    Bytes content_;
};

} // namespace ssprotect::test
