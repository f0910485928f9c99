#pragma once

#include "ssprotect/platform/file_system.h"

#include <atomic>

namespace ssprotect::container {

/// Sends a growing file to the disk while it is still being written, so that the sync at its end finds little to do.
/// Any thread.
class Writeback {
public:
    /// `size` is what the file will have in bytes.
    Writeback(platform::File& file, std::uint64_t size) : file_(&file), size_(size) {}

    /// All bytes before `offset` are written; an offset beyond the size counts as the size.
    void reach(std::uint64_t offset);

private:
    platform::File* file_;
    std::uint64_t size_;
    std::atomic<std::uint64_t> started_{0};
};

} // namespace ssprotect::container
