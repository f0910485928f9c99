#pragma once

#include "ssprotect/conversion/bulk_job.h"

#include <array>
#include <thread>

namespace ssprotect::conversion {

/// How far a job is, fed by its lanes. Any thread.
class BulkMeter {
public:
    BulkMeter(const BulkCount& count, Duration startedAt) : count_(count), startedAt_(startedAt) {}

    /// Bytes of files that are not done yet.
    void underWay(std::uint64_t bytes) { underWay_ += bytes; }
    /// `bytes` of it belonged to a batch that has ended.
    void ended(std::uint64_t bytes) { underWay_ -= bytes; }
    void done(const ItemResult& item);
    BulkProgress at(Duration now, Duration paused) const;

private:
    BulkCount count_;
    Duration startedAt_;
    std::atomic<std::uint64_t> underWay_{0};
    std::atomic<std::uint64_t> files_{0};
    std::atomic<std::uint64_t> bytes_{0};
};

/// One execution of a job: the walk on the caller's thread, the batches on the lanes'.
struct BulkJob::Run {
    Run(BulkJob& job, const BulkCount& count);

    BulkTotals execute();

private:
    struct Batch {
        std::vector<platform::Path> paths;
        std::uint64_t bytes = 0;
    };
    bool take(BulkCandidate candidate);
    void submit();
    bool acknowledged(const Batch& batch);
    void serve();
    void convert(const Batch& batch);
    void tell(std::span<ItemResult> items);
    void tellProgress(bool always);
    bool control(std::atomic<std::uint64_t>& reported, std::uint64_t bytes);

    BulkJob& job_;
    BulkMeter meter_;
    BulkTotals totals_;
    Batch filling_;

    std::mutex listening_; ///< guards the listener, totals_ and lastTold_
    Duration lastTold_;

    std::mutex mutex_;
    std::condition_variable moved_;
    std::optional<Batch> waiting_; ///< handed over by the walk, not taken by a lane yet
    bool walked_ = false;
    std::vector<std::thread> lanes_;
};

} // namespace ssprotect::conversion
