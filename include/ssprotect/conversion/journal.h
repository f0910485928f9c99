#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/container/header.h"
#include "ssprotect/conversion/record_folder.h"
#include "ssprotect/kodiac/kodiac.h"

#include <mutex>
#include <optional>
#include <set>

namespace ssprotect::conversion {

/// What a batch does to its files.
enum class BatchKind {
    activate, ///< plaintext becomes a container
    store,    ///< a container gives way to its next version (managed access)
    release,  ///< a container becomes plaintext
};

/// How far a file certainly got. A stage is durable before the first step that it allows.
enum class ItemStage {
    planned,   ///< the temporary may lie about, complete or not; the target was not touched. Also: given up
    prepared,  ///< the temporary is complete and durable; KODiAC may have committed, the target may have been replaced
    committed, ///< KODiAC has committed
    published, ///< the files are done; the Hostlist may not know it yet
};

/// One file of a batch. Holds no key and nothing of the content.
struct JournalItem {
    ItemStage stage = ItemStage::planned;
    platform::Path target;    ///< the name that the user knows
    platform::Path temporary; ///< in the same folder
    FileId file;
    VersionNumber version = 0;
    AccountId owner; ///< release: what the released record needs
    /// What lay under `target`; none: the name was free (a conflict copy, or the container had gone).
    std::optional<platform::FileInfo> standing;
    std::optional<container::IdentityBytes> expected; ///< store, release: that container, wherever its inode went
    std::optional<platform::FileInfo> made;           ///< from `prepared` on: the temporary when it was complete
};

struct BatchRecord {
    BatchKind kind = BatchKind::activate;
    AccountId account;         ///< whose session it was
    kodiac::SessionId session; ///< release: what the released record needs
    std::vector<JournalItem> items;
};

/// One record per batch under `$SSPROTECT_HOME/journal`. Any thread.
class Journal {
public:
    Journal(platform::FileSystem& files, const platform::Path& folder, Random& random);

    /// Creates the folder and sweeps what a crash inside a write left. Once, at start.
    Status prepare();

    /// The record of a running batch: `leftovers` does not show it while this lives. If it dies without
    /// `clear`, the record stays for recovery.
    class Entry {
    public:
        Entry(Entry&& other) noexcept;
        Entry& operator=(Entry&&) = delete;
        ~Entry();
        Status update(const BatchRecord& record);
        Status clear();

    private:
        friend class Journal;
        Entry(Journal& journal, std::string name) : journal_(&journal), name_(std::move(name)) {}
        Journal* journal_;
        std::string name_;
    };
    Result<Entry> begin(const BatchRecord& record);

    struct Leftover {
        std::string name;
        Result<BatchRecord> record; ///< `data-damaged` if it cannot be read
    };
    /// What no running batch owns, sorted by name.
    Result<std::vector<Leftover>> leftovers() const;
    Status rewrite(const std::string& name, const BatchRecord& record);
    Status clear(const std::string& name);
    /// Held while leftovers are worked on: two recoveries at once would take each other's steps for a stranger's.
    [[nodiscard]] std::unique_lock<std::mutex> oneRecovery() { return std::unique_lock(recovery_); }

private:
    void forget(const std::string& name);

    RecordFolder folder_;
    Random& random_;
    std::mutex recovery_;
    mutable std::mutex mutex_; ///< guards running_
    std::set<std::string> running_;
};

} // namespace ssprotect::conversion
