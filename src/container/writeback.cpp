#include "writeback.h"

#include <algorithm>

namespace ssprotect::container {
namespace {

constexpr std::uint64_t kStep = 4 << 20;

} // namespace

void Writeback::reach(std::uint64_t offset) {
    offset = std::min(offset, size_);
    std::uint64_t started = started_.load();
    while (offset >= started + kStep) {
        const std::uint64_t end = offset - offset % kStep;
        if (started_.compare_exchange_weak(started, end)) {
            file_->startWriteback(started, end - started);
            return;
        }
    }
}

} // namespace ssprotect::container
