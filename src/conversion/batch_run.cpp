#include "batch_run.h"

#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/sibling_name.h"

#include <map>

#include <spdlog/logger.h>

namespace ssprotect::conversion {

void giveUp(platform::FileSystem& files, BatchItem& item) {
    item.discarded = true;
    if (removeSurely(files, item.placing.temporary))
        return;
    item.stage = ItemStage::planned;
    item.leftover = true;
}

BatchRun::BatchRun(const Services& services, WorkerPool& pool, BatchKind kind, std::vector<BatchItem*> items)
    : services_(services), pool_(pool), kind_(kind), items_(std::move(items)) {}

std::vector<BatchItem*> BatchRun::live() const {
    std::vector<BatchItem*> live;
    std::copy_if(items_.begin(), items_.end(), std::back_inserter(live),
                 [](const BatchItem* item) { return item->live(); });
    return live;
}

BatchRecord BatchRun::record(bool leftoversOnly) const {
    BatchRecord record{kind_, services_.authority.account(), services_.authority.session(), {}};
    for (const BatchItem* item : items_) {
        if (!item->planned || (leftoversOnly && !item->leftover))
            continue;
        JournalItem entry;
        entry.stage = item->stage;
        entry.target = item->placing.target;
        entry.temporary = item->placing.temporary;
        entry.file = item->file;
        entry.version = item->version;
        entry.owner = item->owner;
        entry.standing = item->placing.standing;
        entry.expected = item->placing.expected;
        if (item->stage != ItemStage::planned)
            entry.made = item->placing.made;
        record.items.push_back(std::move(entry));
    }
    return record;
}

void BatchRun::plan() {
    const auto items = live();
    for (BatchItem* item : items) {
        item->placing.temporary = platform::siblingName(item->placing.target, services_.random);
        item->planned = true;
    }
    if (items.empty())
        return;
    auto entry = services_.journal.begin(record(false));
    if (entry) {
        entry_.emplace(std::move(*entry));
        return;
    }
    for (BatchItem* item : items) {
        item->planned = false;
        item->fail(entry.error());
    }
}

void BatchRun::make(const std::function<Status(BatchItem&)>& make) {
    const auto items = live();
    pool_.each(items.size(), [&](std::size_t i) {
        if (auto made = make(*items[i]); !made)
            items[i]->fail(std::move(made).error());
    });
}

void BatchRun::discardFailed() {
    for (BatchItem* item : items_)
        if (item->planned && item->error && !item->discarded && !item->leftover)
            giveUp(services_.files, *item);
}

void BatchRun::prepare() {
    discardFailed();
    // A version that KODiAC counts as stored must not lose its container's name to a power cut.
    syncFolders([](BatchItem& item, const Error& error) {
        if (item.live())
            item.fail(error);
    });
    const auto items = live();
    if (!items.empty()) {
        for (BatchItem* item : items)
            item->stage = ItemStage::prepared;
        if (auto written = entry_->update(record(false)); !written)
            for (BatchItem* item : items)
                item->fail(written.error());
    }
    discardFailed();
}

void BatchRun::commit() {
    discardFailed();
    const auto items = live();
    if (items.empty())
        return;
    for (BatchItem* item : items)
        item->stage = ItemStage::committed;
    // Without this record a crash only makes recovery ask KODiAC.
    if (auto written = entry_->update(record(false)); !written)
        services_.log.warn("the journal could not note a commit: {}", written.error().word());
}

void BatchRun::placeOne(BatchItem& item, const std::function<void(BatchItem&)>& unplaced) {
    const Placing& placing = item.placing;
    auto& files = services_.files;
    auto placed = conversion::place(files, placing);
    if (placed && *placed == Placed::done) {
        item.placedAt = placing.target;
        return;
    }
    if (placed)
        return unplaced(item);
    const bool settled = platform::settleReplace(files, placing.target, placing.temporary).ok();
    const auto there = isMade(files, placing, placing.target);
    const auto waiting = isMade(files, placing, placing.temporary);
    if (settled && there && !*there && waiting && *waiting) {
        item.fail(std::move(placed).error());
        return unplaced(item);
    }
    item.leftover = true;
    if (there && *there)
        item.fail(makeError(placed.error().code, "'" + platform::shownPath(placing.target) +
                                                     "' has its new content, but the old one could not be removed (" +
                                                     placed.error().message + "); it is removed at the next start"));
    else
        item.fail(std::move(placed).error());
}

void BatchRun::place(const std::function<void(BatchItem&)>& unplaced) {
    const auto items = live();
    pool_.each(items.size(), [&](std::size_t i) { placeOne(*items[i], unplaced); });
}

void BatchRun::syncFolders(const std::function<void(BatchItem&, const Error&)>& failed) {
    std::map<platform::Path, std::vector<BatchItem*>> byFolder;
    for (BatchItem* item : items_)
        if (item->planned)
            byFolder[item->placing.target.parent_path()].push_back(item);
    std::vector<std::pair<platform::Path, std::vector<BatchItem*>>> folders(byFolder.begin(), byFolder.end());
    pool_.each(folders.size(), [&](std::size_t i) {
        const auto synced = services_.files.syncDirectory(folders[i].first);
        if (!synced)
            for (BatchItem* item : folders[i].second)
                failed(*item, synced.error());
    });
}

void BatchRun::finish(const std::function<Status(const std::vector<BatchItem*>&)>& record) {
    // Before the record goes: names that a crash could bring back would be unknown to everyone.
    syncFolders([](BatchItem& item, const Error& error) {
        item.leftover = true;
        if (item.live())
            item.fail(makeError(error.code,
                                "'" + platform::shownPath(item.placing.target) +
                                    "' has its new content, but a power cut now might undo that: " + error.message));
    });
    const auto done = live();
    if (!done.empty()) {
        if (auto recorded = record(done); !recorded) {
            services_.log.warn("the Hostlist could not be brought up to date: {}", recorded.error().word());
            for (BatchItem* item : done) {
                item->stage = ItemStage::published;
                item->leftover = true;
            }
        }
    }
    closeJournal();
}

void BatchRun::closeJournal() {
    if (!entry_)
        return;
    const BatchRecord rest = record(true);
    // A record that stays too long asks for what turns out to be done; one that is lost would not be asked at all.
    const auto closed = rest.items.empty() ? entry_->clear() : entry_->update(rest);
    if (!closed)
        services_.log.warn("the journal could not be closed: {}", closed.error().word());
    entry_.reset();
}

} // namespace ssprotect::conversion
