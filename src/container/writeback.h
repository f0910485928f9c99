#pragma once

#include "ssprotect/platform/file_system.h"

#include <atomic>

namespace ssprotect::container {

/// Sends a growing file to the disk while it is still being written, so that the sync at its end finds little to do.
/// Any thread.
class Writeback {
public:
    explicit Writeback(platform::File& file) : file_(&file) {}

    /// All bytes before `offset` are written.
    void reach(std::uint64_t offset);

private:
    platform::File* file_;
    std::atomic<std::uint64_t> started_{0};
};

} // namespace ssprotect::container
