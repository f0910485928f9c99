#pragma once

#include "ssprotect/conversion/bulk_plan.h"
#include "ssprotect/conversion/converter.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>

namespace ssprotect::conversion {

struct BulkProgress {
    std::uint64_t filesDone = 0; ///< skipped and refused ones included
    std::uint64_t filesTotal = 0;
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0;
    std::uint64_t bytesPerSecond = 0; ///< pauses not counted
    std::uint64_t secondsLeft = 0;
};

/// A batch that is about to run.
struct BatchSummary {
    std::vector<platform::Path> names; ///< at most ten of them
    std::size_t files = 0;
    std::uint64_t bytes = 0;
};

/// What a job tells. One call at a time, from the job's threads; must not call back into the job except
/// `pause`, `resume` and `cancel`.
class BulkListener {
public:
    virtual ~BulkListener() = default;
    virtual void onCounted(const BulkCount& count) = 0;
    /// The second factor's place. An error is the result of each file of that batch; the job goes on.
    virtual Status beforeBatch(const BatchSummary& batch) = 0;
    /// The exception: called by several threads at once, each with a batch of its own, which `convert` converts.
    virtual void aroundBatch(const std::function<void()>& convert) { convert(); }
    /// Each file once, in pages, roughly in order.
    virtual void onItems(std::span<const ItemResult> page) = 0;
    virtual void onProgress(const BulkProgress& progress) = 0;
};

struct BulkTotals {
    BulkCount count;
    std::uint64_t ok = 0; ///< converted; with `dryRun` would be
    std::uint64_t skipped = 0;
    std::uint64_t failed = 0;
    bool cancelled = false;
};

struct BulkOptions {
    Operation operation = Operation::activate;
    BulkSelection selection;
    bool dryRun = false;
    bool takeOwnership = false;
    bool overrideIntegrity = false;
    std::size_t mostFilesPerBatch = kMostFilesPerBatch; ///< 1 where the policy asks for each file
    unsigned lanes = 2; ///< batches at a time: one waits for KODiAC while the other streams
};

/// PROT-8: one bulk conversion. `run` blocks and is called once; the others come from any thread, at any time.
class BulkJob {
public:
    BulkJob(platform::FileSystem& files, Converter& converter, const Clock& clock, BulkOptions options,
            BulkListener& listener);

    BulkTotals run();
    /// Files under way wait too; each is whole meanwhile.
    void pause();
    void resume();
    /// What is complete is finished; files not begun are not listed.
    void cancel();
    bool paused() const;

private:
    struct Run;
    bool proceed();
    Duration pausedSoFar() const;

    platform::FileSystem& files_;
    Converter& converter_;
    const Clock& clock_;
    BulkOptions options_;
    BulkListener& listener_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool paused_ = false;
    Duration pausedAt_{0};
    Duration pausedFor_{0};
    std::atomic<bool> cancelled_ = false;
};

} // namespace ssprotect::conversion
