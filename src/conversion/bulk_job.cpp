#include "ssprotect/conversion/bulk_job.h"

#include "bulk_run.h"

namespace ssprotect::conversion {
namespace {

/// Rows of a dry run that are told at a time.
constexpr std::size_t kPage = 500;

/// What the walk finds before anything is touched.
class Survey {
public:
    Survey(bool rows, BulkListener& listener) : rows_(rows), listener_(listener) {}

    void take(const BulkCandidate& candidate) {
        if (candidate.refusal) {
            ++count_.refused;
        } else if (candidate.skipped != Skipped::no) {
            ++count_.skipped;
        } else {
            ++count_.files;
            count_.bytes += candidate.size;
        }
        if (!rows_)
            return;
        ItemResult row;
        row.path = candidate.path;
        row.size = candidate.size;
        row.error = candidate.refusal;
        row.skipped = candidate.skipped;
        page_.push_back(std::move(row));
        if (page_.size() == kPage)
            tell();
    }

    void tell() {
        if (!page_.empty())
            listener_.onItems(page_);
        page_.clear();
    }

    const BulkCount& count() const { return count_; }

private:
    bool rows_;
    BulkListener& listener_;
    BulkCount count_;
    std::vector<ItemResult> page_;
};

} // namespace

BulkJob::BulkJob(platform::FileSystem& files, Converter& converter, const Clock& clock, BulkOptions options,
                 BulkListener& listener)
    : files_(files), converter_(converter), clock_(clock), options_(std::move(options)), listener_(listener) {}

BulkTotals BulkJob::run() {
    Survey survey(options_.dryRun, listener_);
    walkSelection(files_, options_.selection, options_.operation, Look::inside, [&](BulkCandidate candidate) {
        if (proceed())
            survey.take(candidate);
        return !cancelled_;
    });
    survey.tell();
    listener_.onCounted(survey.count());
    if (!cancelled_ && !options_.dryRun)
        return Run(*this, survey.count()).execute();
    BulkTotals totals;
    totals.count = survey.count();
    totals.cancelled = cancelled_;
    if (options_.dryRun) {
        totals.ok = totals.count.files;
        totals.skipped = totals.count.skipped;
        totals.failed = totals.count.refused;
    }
    return totals;
}

void BulkJob::pause() {
    const std::lock_guard lock(mutex_);
    if (paused_)
        return;
    paused_ = true;
    pausedAt_ = clock_.uptime();
}

void BulkJob::resume() {
    {
        const std::lock_guard lock(mutex_);
        if (!paused_)
            return;
        paused_ = false;
        pausedFor_ += clock_.uptime() - pausedAt_;
    }
    changed_.notify_all();
}

void BulkJob::cancel() {
    {
        const std::lock_guard lock(mutex_);
        cancelled_ = true;
    }
    changed_.notify_all();
}

bool BulkJob::paused() const {
    const std::lock_guard lock(mutex_);
    return paused_;
}

Duration BulkJob::pausedSoFar() const {
    const std::lock_guard lock(mutex_);
    return pausedFor_ + (paused_ ? clock_.uptime() - pausedAt_ : Duration{0});
}

/// Waits while the job is paused; false once it is cancelled.
bool BulkJob::proceed() {
    if (cancelled_)
        return false;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !paused_ || cancelled_; });
    return !cancelled_;
}

} // namespace ssprotect::conversion
