#include "mark_cache.h"

#include <algorithm>
#include <bit>
#include <random>

namespace ssprotect::shellext {
namespace {

constexpr std::uint64_t kOdd1 = 0x9E3779B97F4A7C15;
constexpr std::uint64_t kOdd2 = 0xC2B2AE3D27D4EB4F;

std::uint64_t mixed(std::uint64_t value) {
    value ^= value >> 32;
    value *= kOdd1;
    return value ^ (value >> 29);
}

} // namespace

/// The seed keeps others from choosing names that share a place.
MarkCache::MarkCache(std::size_t entries)
    : seed_((std::uint64_t{std::random_device{}()} << 32) | std::random_device{}()),
      entries_(std::bit_ceil(std::max(entries, kWays))) {}

MarkCache::Key MarkCache::keyOf(const std::filesystem::path& path) const {
    Key key{seed_, ~seed_};
    for (const auto unit : path.native()) {
        key.high = (key.high ^ static_cast<std::uint64_t>(unit)) * kOdd1;
        key.low = std::rotl(key.low ^ static_cast<std::uint64_t>(unit), 23) * kOdd2;
    }
    return {mixed(key.high), mixed(key.low)};
}

MarkCache::Entry* MarkCache::placeOf(const Key& key) {
    return entries_.data() + (key.high & (entries_.size() / kWays - 1)) * kWays;
}

std::optional<FileMark> MarkCache::find(const std::filesystem::path& path, const FileStamp& stamp) {
    const auto key = keyOf(path);
    std::lock_guard lock(mutex_);
    auto* const place = placeOf(key);
    for (auto* entry = place; entry != place + kWays; ++entry)
        if (entry->used != 0 && entry->key == key && entry->stamp == stamp) {
            entry->used = ++clock_;
            return entry->mark;
        }
    return std::nullopt;
}

void MarkCache::keep(const std::filesystem::path& path, const FileStamp& stamp, const FileMark& mark) {
    const auto key = keyOf(path);
    std::lock_guard lock(mutex_);
    auto* const place = placeOf(key);
    auto* const same = std::find_if(place, place + kWays, [&](const Entry& entry) { return entry.key == key; });
    auto* const least =
        std::min_element(place, place + kWays, [](const Entry& a, const Entry& b) { return a.used < b.used; });
    *(same != place + kWays ? same : least) = {key, stamp, mark, ++clock_};
}

} // namespace ssprotect::shellext
