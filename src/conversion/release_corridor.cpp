#include "release_corridor.h"

#include "ssprotect/platform/shown_path.h"

namespace ssprotect::conversion {

ReleaseCorridor::ReleaseCorridor(const Services& services, WorkerPool& pool, unsigned threadsPerFile,
                                 bool overrideIntegrity, const Control& control)
    : services_(services), pool_(pool), threadsPerFile_(threadsPerFile), overrideIntegrity_(overrideIntegrity),
      control_(control), keys_(services.authority) {}

void ReleaseCorridor::walk(std::vector<ReleaseItem>& items) {
    authorise(items);
    std::vector<BatchItem*> all;
    for (auto& item : items)
        all.push_back(&item);
    BatchRun run(services_, pool_, BatchKind::release, std::move(all));
    run.plan();
    const unsigned threads = run.live().size() == 1 ? threadsPerFile_ : 1;
    run.make([&](BatchItem& item) { return unsealBeside(static_cast<ReleaseItem&>(item), threads); });
    run.prepare();
    run.place([&](BatchItem& item) { giveWay(item); });
    run.finish([&](const std::vector<BatchItem*>& done) { return record(done); });
}

void ReleaseCorridor::authorise(std::vector<ReleaseItem>& items) {
    std::vector<Opening*> openings;
    for (auto& item : items)
        openings.push_back(&item.opening);
    authoriseOpenings(services_, keys_, Purpose::release, openings);
    for (auto& item : items) {
        const auto& identity = item.opening.header.identity;
        item.error = item.opening.error;
        item.file = identity.file;
        item.version = identity.version;
        item.owner = identity.owner;
        item.placing.target = item.opening.container;
        item.placing.standing = item.opening.info;
        item.placing.expected = item.opening.header.identityBytes;
    }
}

Status ReleaseCorridor::unsealBeside(ReleaseItem& item, unsigned threads) {
    if (control_ && !control_(0))
        return makeError(ErrorCode::cancelled,
                         "'" + platform::shownPath(item.opening.container) + "' was left as it is: cancelled");
    auto& files = services_.files;
    const std::uint64_t size = item.opening.header.plaintextSize;
    auto temporary = createTemporary(files, item.placing, size);
    if (!temporary)
        return std::move(temporary).error();
    const Work work{services_, control_, threads};
    if (auto done = unseal(work, item.opening, **temporary, overrideIntegrity_, item.damaged); !done) {
        item.tryAgain = done.error().code == ErrorCode::changedMeanwhile;
        return done;
    }
    if (auto copied = files.copyAttributes(item.opening.container, item.placing.temporary); !copied)
        return copied;
    if (auto synced = (*temporary)->sync(); !synced)
        return synced;
    auto made = (*temporary)->info();
    if (!made)
        return std::move(made).error();
    item.placing.made = *made;
    return {};
}

/// Another container came into the place of the one that was decrypted: that plaintext is out of date.
void ReleaseCorridor::giveWay(BatchItem& item) {
    if (!item.error) {
        item.fail(changedError(item.placing.target));
        item.tryAgain = true;
    }
    giveUp(services_.files, item);
}

Status ReleaseCorridor::record(const std::vector<BatchItem*>& done) {
    std::vector<vchain::ReleasedRecord> rows;
    for (const BatchItem* item : done)
        rows.push_back({item->placedAt, item->file, item->version, item->owner, services_.authority.session()});
    return services_.records.recordReleased(rows);
}

} // namespace ssprotect::conversion
