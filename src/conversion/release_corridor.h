#pragma once

#include "batch_run.h"
#include "opening.h"

namespace ssprotect::conversion {

struct ReleaseItem : BatchItem {
    Opening opening;
    std::vector<container::DamagedRange> damaged;
};

/// *Open* for good: authorise → decrypt beside the container → replace. One batch.
class ReleaseCorridor {
public:
    ReleaseCorridor(const Services& services, WorkerPool& pool, unsigned threadsPerFile, bool overrideIntegrity,
                    const Control& control);
    void walk(std::vector<ReleaseItem>& items);

private:
    void authorise(std::vector<ReleaseItem>& items);
    Status unsealBeside(ReleaseItem& item, unsigned threads);
    void giveWay(BatchItem& item);
    Status record(const std::vector<BatchItem*>& done);

    const Services& services_;
    WorkerPool& pool_;
    unsigned threadsPerFile_;
    bool overrideIntegrity_;
    const Control& control_;
    ContentKeys keys_;
};

} // namespace ssprotect::conversion
