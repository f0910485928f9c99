#include "hotp_counter.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::uint64_t kReservation = 8;
static_assert(kReservation < kHotpLookAhead);

} // namespace

Result<std::uint64_t> HotpCounter::take() {
    const std::uint64_t counter = std::min(next_, furthest());
    if (counter >= kept_.bound) {
        // Not beyond the look-ahead of what is known to be taken: a crash now starts at the bound.
        const Kept ahead{std::max(counter + 1, std::min(counter + kReservation, furthest())), confirmed_};
        if (auto kept = keep_(ahead); !kept)
            return std::move(kept).error();
        kept_ = ahead;
    }
    next_ = counter + 1;
    return counter;
}

void HotpCounter::taken(std::uint64_t counter) {
    confirmed_ = std::max(confirmed_, counter + 1);
    next_ = std::max(next_, confirmed_);
}

bool HotpCounter::refused(std::uint64_t counter) {
    if (counter != furthest())
        return false;
    taken(counter);
    return true;
}

Result<std::uint64_t> HotpCounter::takePair() {
    const std::uint64_t first = next_;
    const Kept ahead{std::max(kept_.bound, first + 2), kept_.confirmed};
    if (auto kept = keep_(ahead); !kept)
        return std::move(kept).error();
    kept_ = ahead;
    next_ = first + 2;
    return first;
}

Status HotpCounter::goOnAt(std::uint64_t counter) {
    const Kept told{counter, counter};
    if (auto kept = keep_(told); !kept)
        return kept;
    kept_ = told;
    next_ = confirmed_ = counter;
    return {};
}

Status HotpCounter::settle() {
    // Only when nothing is in doubt: else the bound stays the safe start.
    if (next_ != confirmed_ || (kept_.bound == next_ && kept_.confirmed == confirmed_))
        return {};
    const Kept exact{next_, confirmed_};
    auto kept = keep_(exact);
    if (kept)
        kept_ = exact;
    return kept;
}

} // namespace ssprotect::session
