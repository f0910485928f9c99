#pragma once

#include "batch_run.h"
#include "content_keys.h"

namespace ssprotect::conversion {

struct StoreItem : BatchItem {
    // What is asked.
    platform::Path plaintext;
    platform::File* content = nullptr;                          ///< instead of `plaintext`
    platform::Sharing sharing = platform::Sharing::denyWriters; ///< of `plaintext` while it is read
    platform::FileInfo source; ///< of the plaintext, as it was seen when the item was planned
    std::optional<FileId> chain;
    std::optional<GrantId> grant;
    std::optional<platform::Path> attributesFrom;
    std::function<Status(const container::Identity&)> begunHook; ///< may be empty
    bool modifiedNow = false;    ///< PROT-15: a managed store; else the time comes with the attributes
    std::string conflictAccount; ///< of a managed store: names the copy when the target cannot be ours

    // What comes of it.
    bool begun = false;
    container::Identity identity;
    crypto::SecretBytes share;
    const crypto::SecretBytes* contentKey = nullptr;
    container::Stored stored;
    bool committed = false;
    bool undecided = false;
    bool conflict = false;
};

/// *Store* (spec/security.md): begin → stream and verify → commit → replace. One batch.
class StoreCorridor {
public:
    StoreCorridor(const Services& services, WorkerPool& pool, BatchKind kind, unsigned threadsPerFile,
                  const Control& control);
    void walk(std::vector<StoreItem>& items);

private:
    void begin(std::vector<StoreItem>& items);
    void accept(StoreItem& item, Result<BegunStore> begun);
    void commit(std::vector<StoreItem>& items);
    void settleUnanswered(const std::vector<StoreItem*>& items, const Error& error);
    void putAside(StoreItem& item);
    void keepBoth(StoreItem& item);
    Status record(const std::vector<BatchItem*>& done);

    const Services& services_;
    WorkerPool& pool_;
    BatchKind kind_;
    unsigned threadsPerFile_;
    const Control& control_;
    ContentKeys keys_;
};

} // namespace ssprotect::conversion
