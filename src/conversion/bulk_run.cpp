#include "bulk_run.h"

#include <algorithm>

namespace ssprotect::conversion {
namespace {

/// What a file costs besides its bytes, for the time left: syncs and renames, counted as if they were bytes.
constexpr std::uint64_t kCostOfAFile = 256u << 10;
constexpr Duration kBetweenProgress{100};
constexpr std::size_t kMostNames = 10;

} // namespace

void BulkMeter::done(const ItemResult& item) {
    ++files_;
    if (item.skipped == Skipped::no && item.ok())
        bytes_ += item.size;
}

BulkProgress BulkMeter::at(Duration now, Duration paused) const {
    BulkProgress progress;
    progress.filesTotal = count_.files + count_.skipped + count_.refused;
    progress.filesDone = std::min(files_.load(), progress.filesTotal);
    progress.bytesTotal = count_.bytes;
    progress.bytesDone = std::min(bytes_ + underWay_, count_.bytes);
    const auto elapsed = static_cast<std::uint64_t>(std::max<Duration::rep>((now - startedAt_ - paused).count(), 1));
    progress.bytesPerSecond = progress.bytesDone * 1000 / elapsed;
    const auto cost = [](std::uint64_t files, std::uint64_t bytes) { return files * kCostOfAFile + bytes; };
    const auto total = cost(progress.filesTotal, progress.bytesTotal);
    const auto done = cost(progress.filesDone, progress.bytesDone);
    if (done > 0) {
        const double left =
            static_cast<double>(elapsed) * static_cast<double>(total - done) / static_cast<double>(done);
        progress.secondsLeft = static_cast<std::uint64_t>(left / 1000 + 0.5);
    }
    return progress;
}

BulkJob::Run::Run(BulkJob& job, const BulkCount& count)
    : job_(job), meter_(count, job.clock_.uptime() - job.pausedSoFar()), lastTold_(job.clock_.uptime()) {
    totals_.count = count;
}

BulkTotals BulkJob::Run::execute() {
    if (job_.options_.lanes > 1)
        for (unsigned lane = 0; lane < job_.options_.lanes; ++lane)
            lanes_.emplace_back([this] { serve(); });
    walkSelection(job_.files_, job_.options_.selection, job_.options_.operation, Look::outside,
                  [this](BulkCandidate candidate) { return take(std::move(candidate)); });
    submit();
    {
        const std::lock_guard lock(mutex_);
        walked_ = true;
    }
    moved_.notify_all();
    for (auto& lane : lanes_)
        lane.join();
    tellProgress(true);
    totals_.cancelled = job_.cancelled_;
    return totals_;
}

bool BulkJob::Run::take(BulkCandidate candidate) {
    if (!job_.proceed())
        return false;
    if (candidate.refusal) {
        ItemResult refused;
        refused.path = std::move(candidate.path);
        refused.error = std::move(candidate.refusal);
        tell({&refused, 1});
        return true;
    }
    if (!filling_.paths.empty() && filling_.bytes + candidate.size > kMostBytesPerBatch)
        submit();
    filling_.bytes += candidate.size;
    filling_.paths.push_back(std::move(candidate.path));
    if (filling_.paths.size() >= std::clamp<std::size_t>(job_.options_.mostFilesPerBatch, 1, kMostFilesPerBatch))
        submit();
    return !job_.cancelled_;
}

void BulkJob::Run::submit() {
    Batch batch = std::exchange(filling_, {});
    if (batch.paths.empty() || !job_.proceed() || !acknowledged(batch))
        return;
    if (lanes_.empty())
        return convert(batch);
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return !waiting_.has_value(); });
    waiting_ = std::move(batch);
    lock.unlock();
    moved_.notify_all();
}

bool BulkJob::Run::acknowledged(const Batch& batch) {
    BatchSummary summary;
    summary.files = batch.paths.size();
    summary.bytes = batch.bytes;
    summary.names.assign(batch.paths.begin(),
                         batch.paths.begin() + static_cast<std::ptrdiff_t>(std::min(kMostNames, batch.paths.size())));
    Status allowed;
    {
        const std::lock_guard lock(listening_);
        allowed = job_.listener_.beforeBatch(summary);
    }
    if (allowed)
        return true;
    std::vector<ItemResult> refused(batch.paths.size());
    for (std::size_t i = 0; i < refused.size(); ++i) {
        refused[i].path = batch.paths[i];
        refused[i].error = allowed.error();
    }
    tell(refused);
    return false;
}

void BulkJob::Run::serve() {
    for (;;) {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [&] { return waiting_.has_value() || walked_; });
        if (!waiting_)
            return;
        const Batch batch = *std::exchange(waiting_, std::nullopt);
        lock.unlock();
        moved_.notify_all();
        convert(batch);
    }
}

void BulkJob::Run::convert(const Batch& batch) {
    std::atomic<std::uint64_t> reported{0};
    ConvertOptions options;
    options.takeOwnership = job_.options_.takeOwnership;
    options.overrideIntegrity = job_.options_.overrideIntegrity;
    options.control = [&](std::uint64_t bytes) { return control(reported, bytes); };
    std::vector<ItemResult> results;
    job_.listener_.aroundBatch(
        [&] { results = job_.converter_.convert(job_.options_.operation, batch.paths, options); });
    for (auto& result : results) {
        // Below a folder a plain file is simply none of Release's business.
        if (result.error && result.error->code == ErrorCode::notProtected &&
            !isNamed(job_.options_.selection, result.path)) {
            result.error.reset();
            result.skipped = Skipped::notProtected;
        }
    }
    meter_.ended(reported);
    tell(results);
}

bool BulkJob::Run::control(std::atomic<std::uint64_t>& reported, std::uint64_t bytes) {
    if (!job_.proceed())
        return false;
    reported += bytes;
    meter_.underWay(bytes);
    tellProgress(false);
    return true;
}

void BulkJob::Run::tell(std::span<ItemResult> items) {
    {
        const std::lock_guard lock(listening_);
        for (const auto& item : items) {
            meter_.done(item);
            if (item.skipped != Skipped::no)
                ++totals_.skipped;
            else if (item.ok())
                ++totals_.ok;
            else
                ++totals_.failed;
        }
        job_.listener_.onItems(items);
    }
    tellProgress(true);
}

void BulkJob::Run::tellProgress(bool always) {
    std::unique_lock lock(listening_, std::defer_lock);
    if (always)
        lock.lock();
    else if (!lock.try_lock()) // a worker does not wait for somebody who reads a progress bar
        return;
    const Duration now = job_.clock_.uptime();
    if (!always && now - lastTold_ < kBetweenProgress)
        return;
    lastTold_ = now;
    job_.listener_.onProgress(meter_.at(now, job_.pausedSoFar()));
}

} // namespace ssprotect::conversion
