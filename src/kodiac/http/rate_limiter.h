#pragma once

#include "ssprotect/base/clock.h"

#include <mutex>
#include <string>
#include <unordered_map>

namespace ssprotect::kodiac::http {

/// A token bucket for each key. Any thread.
class RateLimiter {
public:
    /// A bucket starts with `burst` tokens and gets `rate` a second. The clock outlives it.
    RateLimiter(const Clock& clock, double rate, double burst) : clock_(clock), rate_(rate), burst_(burst) {}

    /// Takes one token; false when there is none.
    bool take(const std::string& key);

private:
    struct Bucket {
        double tokens = 0;
        Duration at{};
    };
    double tokensOf(const Bucket& bucket, Duration now) const;
    void makeRoom(Duration now);

    const Clock& clock_;
    const double rate_;
    const double burst_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

} // namespace ssprotect::kodiac::http
