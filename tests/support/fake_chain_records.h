#pragma once

#include "ssprotect/vchain/chain_records.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace ssprotect::test {

/// A Hostlist in memory. Any thread.
class FakeChainRecords final : public vchain::ChainRecords {
public:
    Result<std::optional<vchain::ReleasedRecord>> releasedAt(const platform::Path& path) override {
        const std::lock_guard lock(mutex_);
        const auto found = released_.find(path);
        return found == released_.end() ? std::optional<vchain::ReleasedRecord>{} : found->second;
    }
    Result<VersionNumber> lastSeen(const platform::Path& path, const FileId& file) override {
        const std::lock_guard lock(mutex_);
        const auto found = seen_.find({path, file});
        return found == seen_.end() ? VersionNumber{0} : found->second;
    }
    Status recordStored(std::span<const vchain::StoredRecord> rows) override {
        const std::lock_guard lock(mutex_);
        if (failure_)
            return *failure_;
        for (const auto& row : rows) {
            stored_[row.path] = row;
            released_.erase(row.path);
            auto& seen = seen_[{row.path, row.identity.file}];
            seen = std::max(seen, row.identity.version);
        }
        return {};
    }
    Status recordReleased(std::span<const vchain::ReleasedRecord> rows) override {
        const std::lock_guard lock(mutex_);
        if (failure_)
            return *failure_;
        for (const auto& row : rows) {
            released_[row.path] = row;
            stored_.erase(row.path);
        }
        return {};
    }

    /// Every further record fails; none: no more.
    void failWith(std::optional<Error> error) {
        const std::lock_guard lock(mutex_);
        failure_ = std::move(error);
    }
    std::optional<vchain::StoredRecord> storedAt(const platform::Path& path) const {
        const std::lock_guard lock(mutex_);
        const auto found = stored_.find(path);
        return found == stored_.end() ? std::nullopt : std::optional(found->second);
    }
    std::size_t storedCount() const {
        const std::lock_guard lock(mutex_);
        return stored_.size();
    }

private:
    mutable std::mutex mutex_;
    std::map<platform::Path, vchain::StoredRecord> stored_;
    std::map<platform::Path, vchain::ReleasedRecord> released_;
    std::map<std::pair<platform::Path, FileId>, VersionNumber> seen_;
    std::optional<Error> failure_;
};

} // namespace ssprotect::test
