#pragma once

#include "ssprotect/base/result.h"

#include <cstdint>
#include <functional>

namespace ssprotect::session {

/// KODiAC takes a counter that is at most this far above the one it expects.
constexpr std::uint64_t kHotpLookAhead = 10;

/// The counter of one account on this host, such that no counter is used for two requests, also after a
/// crash: before a counter is used, a bound above it is on disk, and a start begins at the bound. A step of
/// 8 costs one durable write for eight operations. Not thread-safe.
class HotpCounter {
public:
    /// What is durable. KODiAC expects `confirmed` or more; every counter used lies below `bound`.
    struct Kept {
        std::uint64_t bound = 0;
        std::uint64_t confirmed = 0;
    };
    using Keep = std::function<Status(const Kept&)>;

    HotpCounter(const Kept& kept, Keep keep) : kept_(kept), next_(kept.bound), keep_(std::move(keep)) {}

    /// The counter for a new request; what cannot be made durable is not used. While it stays unknown whether KODiAC
    /// took the last ones, they run up to the look-ahead and stay there: further ahead KODiAC would refuse for good.
    Result<std::uint64_t> take();

    /// KODiAC has used it up.
    void taken(std::uint64_t counter);
    /// KODiAC refused it. True when the next one may be what KODiAC expects: it was the last of the look-ahead,
    /// which may have arrived before.
    bool refused(std::uint64_t counter);

    /// Two in a row for getting back in step: above all that was used, however far that is from what KODiAC expects.
    Result<std::uint64_t> takePair();
    /// KODiAC said what it expects next.
    Status goOnAt(std::uint64_t counter);

    /// At a clean end: the next start goes on without a gap.
    Status settle();

private:
    std::uint64_t furthest() const { return confirmed_ + kHotpLookAhead - 1; }

    Kept kept_;
    std::uint64_t next_ = 0;
    std::uint64_t confirmed_ = kept_.confirmed;
    Keep keep_;
};

} // namespace ssprotect::session
