#pragma once

#include "placing.h"
#include "ssprotect/conversion/converter.h"
#include "worker_pool.h"

#include <functional>

namespace ssprotect::conversion {

/// One file on its way through a corridor.
struct BatchItem {
    Placing placing;
    FileId file;
    VersionNumber version = 0;
    AccountId owner;

    std::optional<Error> error;
    platform::Path placedAt; ///< where the new content lies, once it does
    bool tryAgain = false;   ///< with an error: the file changed, the next attempt may do better

    ItemStage stage = ItemStage::planned;
    bool planned = false; ///< it is in the journal; the temporary may exist
    bool discarded = false;
    bool leftover = false; ///< stays in the journal when the batch ends: recovery has something to do

    bool live() const { return !error; }
    void fail(Error why) { error = std::move(why); }
};

/// The temporary of a failed item goes, or stays in the journal so that recovery removes it.
void giveUp(platform::FileSystem& files, BatchItem& item);

/// The part that both corridors share: journal, temporaries, the replacement and the order of syncs.
/// Steps are called in the order below; each leaves out the items that have failed and marks those that fail in it.
class BatchRun {
public:
    BatchRun(const Services& services, WorkerPool& pool, BatchKind kind, std::vector<BatchItem*> items);

    /// Draws the temporaries' names and writes the record: from here a crash leaves nothing unknown.
    void plan();
    /// `make` creates and fills the temporary and tells `placing.made`; it runs on many threads.
    void make(const std::function<Status(BatchItem&)>& make);
    /// The temporaries of failed items go; the others' names and the record become durable.
    void prepare();
    /// The items still live are committed.
    void commit();
    /// `unplaced` says what becomes of a temporary that could not become the file: another writer was first, or
    /// the item has an error.
    void place(const std::function<void(BatchItem&)>& unplaced);
    /// `record` tells the Hostlist of the items that are done.
    void finish(const std::function<Status(const std::vector<BatchItem*>&)>& record);

    std::vector<BatchItem*> live() const;

private:
    void discardFailed();
    void placeOne(BatchItem& item, const std::function<void(BatchItem&)>& unplaced);
    void syncFolders(const std::function<void(BatchItem&, const Error&)>& failed);
    void closeJournal();
    BatchRecord record(bool leftoversOnly) const;

    const Services& services_;
    WorkerPool& pool_;
    BatchKind kind_;
    std::vector<BatchItem*> items_;
    std::optional<Journal::Entry> entry_;
};

} // namespace ssprotect::conversion
