#pragma once

#include "ssprotect/base/random.h"
#include "ssprotect/conversion/record_folder.h"
#include "ssprotect/crypto/hash.h"
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

/// How far a batch certainly got. A stage is durable before the first step that it allows.
enum class BatchStage {
    planned,   ///< temporaries may lie about, complete or not; no target was touched
    prepared,  ///< every temporary is complete and durable; KODiAC may have committed, targets may have been replaced
    committed, ///< KODiAC has committed the items listed
    published, ///< the files are done; the Hostlist may not know it yet
};

/// One file of a batch. Holds no key and nothing of the content.
struct JournalItem {
    platform::Path target;    ///< the name that the user knows
    platform::Path temporary; ///< in the same folder
    FileId file;
    VersionNumber version = 0;
    /// What lay under `target`; none: the name was free (a conflict copy, or the container had gone).
    std::optional<platform::FileInfo> standing;
    /// From `prepared` on: the temporary when it was complete, and of a container its D.
    std::optional<platform::FileInfo> made;
    crypto::Sha256Digest digest{};
    AccountId owner; ///< release: what the released record needs
};

struct BatchRecord {
    BatchKind kind = BatchKind::activate;
    BatchStage stage = BatchStage::planned;
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

private:
    void forget(const std::string& name);

    RecordFolder folder_;
    Random& random_;
    mutable std::mutex mutex_;
    std::set<std::string> running_;
};

} // namespace ssprotect::conversion
