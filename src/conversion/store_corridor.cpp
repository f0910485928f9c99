#include "store_corridor.h"

#include "sealing.h"
#include "source.h"
#include "ssprotect/conversion/conflict_name.h"

namespace ssprotect::conversion {
namespace {

std::vector<BatchItem*> itemsOf(std::vector<StoreItem>& items) {
    std::vector<BatchItem*> pointers;
    for (auto& item : items)
        pointers.push_back(&item);
    return pointers;
}

std::vector<StoreItem*> liveOf(std::vector<StoreItem>& items) {
    std::vector<StoreItem*> live;
    for (auto& item : items)
        if (item.live())
            live.push_back(&item);
    return live;
}

/// Version numbers that were drawn and will not be used.
std::vector<AbandonedStore> abandonedOf(const std::vector<StoreItem>& items) {
    std::vector<AbandonedStore> abandoned;
    for (const auto& item : items)
        if (item.begun && item.error)
            abandoned.push_back({item.file, item.version, item.error->code});
    return abandoned;
}

Error wrongCount() { return makeError(ErrorCode::internal, "KODiAC answered another number of files than were asked"); }

} // namespace

StoreCorridor::StoreCorridor(const Services& services, WorkerPool& pool, BatchKind kind, unsigned threadsPerFile,
                             const Control& control)
    : services_(services), pool_(pool), kind_(kind), threadsPerFile_(threadsPerFile), control_(control),
      keys_(services.authority) {}

void StoreCorridor::walk(std::vector<StoreItem>& items) {
    auto creator = services_.authority.signingKey();
    if (!creator) {
        for (auto* item : liveOf(items))
            item->fail(creator.error());
        return;
    }
    begin(items);
    BatchRun run(services_, pool_, kind_, itemsOf(items));
    run.plan();
    const unsigned threads = liveOf(items).size() == 1 ? threadsPerFile_ : 1;
    const Work work{services_, control_, threads};
    run.make([&](BatchItem& item) { return seal(work, *creator, static_cast<StoreItem&>(item)); });
    run.prepare();
    commit(items);
    run.commit();
    run.place([&](BatchItem& item) { putAside(static_cast<StoreItem&>(item)); });
    run.finish([&](const std::vector<BatchItem*>& done) { return record(done); });
    // A managed store that KODiAC counts as done is never undone: its content may have no other home.
    for (auto& item : items)
        item.undecided = item.undecided || (kind_ == BatchKind::store && item.committed && item.error);
}

void StoreCorridor::begin(std::vector<StoreItem>& items) {
    const auto live = liveOf(items);
    if (live.empty())
        return;
    std::vector<StoreRequest> requests;
    for (const auto* item : live)
        requests.push_back({item->chain, item->grant, item->placing.target});
    auto begun = services_.authority.begin(requests);
    if (begun && begun->size() != live.size())
        begun = wrongCount();
    for (std::size_t i = 0; i < live.size(); ++i)
        accept(*live[i], begun ? std::move((*begun)[i]) : Result<BegunStore>(begun.error()));
}

void StoreCorridor::accept(StoreItem& item, Result<BegunStore> begun) {
    if (!begun)
        return item.fail(std::move(begun).error());
    item.begun = true;
    item.identity = begun->identity;
    item.share = std::move(begun->share);
    item.file = item.identity.file;
    item.version = item.identity.version;
    item.owner = item.identity.owner;
    if (item.begunHook)
        if (auto noted = item.begunHook(item.identity); !noted)
            return item.fail(std::move(noted).error());
    auto key = keys_.of(item.identity.organization, item.identity.keyEpoch);
    if (!key)
        return item.fail(std::move(key).error());
    item.contentKey = *key;
}

void StoreCorridor::commit(std::vector<StoreItem>& items) {
    const auto live = liveOf(items);
    const auto gaps = abandonedOf(items);
    if (live.empty() && gaps.empty())
        return;
    std::vector<CommitRequest> requests;
    for (const auto* item : live)
        requests.push_back({item->file, item->version, item->identity.keyEpoch, item->stored, item->placing.target});
    auto committed = services_.authority.commit(requests, gaps);
    if (committed && committed->size() != live.size())
        committed = wrongCount();
    if (!committed)
        return settleUnanswered(live, committed.error());
    for (std::size_t i = 0; i < live.size(); ++i) {
        live[i]->committed = (*committed)[i].ok();
        if (!live[i]->committed)
            live[i]->fail((*committed)[i].error());
    }
}

/// The answer is lost, or it was a refusal of the whole: only KODiAC knows which.
void StoreCorridor::settleUnanswered(const std::vector<StoreItem*>& items, const Error& error) {
    if (items.empty())
        return;
    std::vector<std::pair<FileId, VersionNumber>> versions;
    for (const auto* item : items)
        versions.emplace_back(item->file, item->version);
    const auto progress = services_.authority.progressOf(versions);
    const bool answered = progress && progress->size() == items.size();
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i]->committed = answered && (*progress)[i] == StoreProgress::committed;
        if (items[i]->committed)
            continue;
        if (answered) {
            items[i]->fail(error);
            continue;
        }
        items[i]->fail(makeError(error.code, error.message + "; it is finished or undone once KODiAC can be asked"));
        items[i]->undecided = true;
        items[i]->leftover = true;
    }
}

void StoreCorridor::putAside(StoreItem& item) {
    if (kind_ == BatchKind::store)
        return keepBoth(item);
    // Activate: what lies there is newer than ours, or cannot be replaced.
    if (!item.error) {
        item.fail(changedError(item.placing.target));
        item.tryAgain = true;
    }
    giveUp(services_.files, item);
}

void StoreCorridor::keepBoth(StoreItem& item) {
    auto copy = moveToConflictName(services_.files, item.placing.temporary, item.placing.target, item.conflictAccount,
                                   services_.clock.now());
    if (!copy) {
        item.fail(std::move(copy).error());
        item.leftover = true;
        return;
    }
    item.error.reset();
    item.conflict = true;
    item.placedAt = *copy;
}

Status StoreCorridor::record(const std::vector<BatchItem*>& done) {
    std::vector<vchain::StoredRecord> rows;
    for (const BatchItem* each : done) {
        const auto& item = static_cast<const StoreItem&>(*each);
        rows.push_back({item.placedAt, item.identity, item.stored.plaintextSize});
    }
    return services_.records.recordStored(rows);
}

} // namespace ssprotect::conversion
