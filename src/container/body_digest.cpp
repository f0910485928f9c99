#include "body_digest.h"

namespace ssprotect::container {

std::uint64_t BodyDigest::add(std::uint64_t piece, const crypto::Sha256Digest& digest) {
    const std::scoped_lock lock(mutex_);
    waiting_.emplace(piece, digest);
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
        hash_.update(waiting_.begin()->second);
        waiting_.erase(waiting_.begin());
        ++next_;
    }
    return next_;
}

crypto::Sha256Digest BodyDigest::finish() {
    const std::scoped_lock lock(mutex_);
    return hash_.finish();
}

} // namespace ssprotect::container
