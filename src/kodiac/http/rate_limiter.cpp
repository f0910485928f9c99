#include "rate_limiter.h"

#include <algorithm>

namespace ssprotect::kodiac::http {
namespace {

constexpr std::size_t kMostBuckets = 50'000; // what strangers can make us remember

} // namespace

double RateLimiter::tokensOf(const Bucket& bucket, Duration now) const {
    const double passed = std::chrono::duration<double>(now - bucket.at).count();
    return std::min(burst_, bucket.tokens + passed * rate_);
}

// A full bucket is as good as none.
void RateLimiter::makeRoom(Duration now) {
    if (buckets_.size() < kMostBuckets)
        return;
    std::erase_if(buckets_, [&](const auto& entry) { return tokensOf(entry.second, now) >= burst_; });
    if (buckets_.size() >= kMostBuckets)
        buckets_.erase(buckets_.begin());
}

bool RateLimiter::take(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const Duration now = clock_.uptime();
    auto found = buckets_.find(key);
    if (found == buckets_.end()) {
        makeRoom(now);
        found = buckets_.emplace(key, Bucket{burst_, now}).first;
    }
    Bucket& bucket = found->second;
    bucket = {tokensOf(bucket, now), now};
    if (bucket.tokens < 1)
        return false;
    bucket.tokens -= 1;
    return true;
}

} // namespace ssprotect::kodiac::http
