#pragma once

#include "context.h"
#include "ssprotect/kodiac/operations.h"

#include <map>
#include <span>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ssprotect::kodiac {

struct FileRow {
    OrganizationId organization;
    AccountId owner;
    container::ConversionMode mode = container::ConversionMode::optimized;
    Bytes salt; ///< σ
};
using FileRows = std::unordered_map<FileId, FileRow>;
/// Those that there are.
FileRows fileRows(Context& context, std::span<const FileId> files);

using VersionKey = std::pair<FileId, VersionNumber>;
struct VersionKeyHash {
    std::size_t operator()(const VersionKey& key) const noexcept { return std::hash<FileId>{}(key.first) ^ key.second; }
};
template <class T> using ByVersion = std::unordered_map<VersionKey, T, VersionKeyHash>;

struct VersionRow {
    AccountId creator;
    HostId host;
    std::optional<GrantId> grant;
    StoreState::State state = StoreState::State::unknown;
};
using VersionRows = ByVersion<VersionRow>;
/// Those that there are.
VersionRows versionRows(Context& context, std::span<const VersionKey> versions);

/// The file, if it is there and the caller's organization's: `not-found`, `foreign-file`.
Result<FileRow> authorisedFile(const Context& context, const FileRows& rows, const FileId& file);
Result<FileRow> authorisedFile(Context& context, const FileId& file);

inline int numberOf(StoreState::State state) { return static_cast<int>(state); }

/// The items of a batch in rounds that are gone through one after the other: in none of them two items have the same
/// key, so that one statement can do a whole round and the second item still finds what became of the first.
template <class Item, class KeyOf>
std::vector<std::vector<Item*>> inRounds(const std::vector<Item*>& items, KeyOf keyOf) {
    std::vector<std::vector<Item*>> rounds;
    std::map<std::decay_t<std::invoke_result_t<KeyOf, const Item&>>, std::size_t> seen;
    for (Item* item : items) {
        const std::size_t round = seen[keyOf(*item)]++;
        if (round == rounds.size())
            rounds.emplace_back();
        rounds[round].push_back(item);
    }
    return rounds;
}

} // namespace ssprotect::kodiac
