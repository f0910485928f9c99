#include "piece_queue.h"

#include <utility>

namespace ssprotect::container {

std::optional<std::uint64_t> PieceQueue::next() {
    const std::uint64_t piece = next_.fetch_add(1);
    if (piece >= count_)
        return std::nullopt;
    return piece;
}

void PieceQueue::fail(Error error) {
    next_.store(count_);
    const std::scoped_lock lock(mutex_);
    if (!error_)
        error_ = std::move(error);
}

Status PieceQueue::result() const { return error_ ? Status(*error_) : Status(); }

} // namespace ssprotect::container
