#pragma once

#include "rooms.h"
#include "ssprotect/conversion/bulk_job.h"

#include <atomic>
#include <mutex>
#include <optional>

namespace ssprotect::app {

struct ConversionOrder {
    conversion::Operation operation = conversion::Operation::activate;
    bool recursive = false;
    bool dryRun = false;
    bool takeOwnership = false;
    bool overrideIntegrity = false;
    conversion::BulkFilter filter;
    std::vector<platform::Path> roots;
};

/// One bulk conversion of one client: asks it for the acknowledgement, tells it progress and results.
/// `run` once after `claim`, on a worker; the others at any time from any thread.
class ConversionJob final : public conversion::BulkListener {
public:
    ConversionJob(Rooms& rooms, std::uint64_t id, std::shared_ptr<Client> client, ConversionOrder order);

    const Client* client() const { return client_.get(); }
    /// `refused` once it is claimed.
    Status add(std::vector<platform::Path> roots);
    /// `refused` but for the first caller, who then runs it.
    Status claim();
    Result<Json> run();
    /// Before `run` as well: it then does nothing.
    void cancel();
    void pause();
    void resume();

private:
    void onCounted(const conversion::BulkCount& count) override;
    Status beforeBatch(const conversion::BatchSummary& batch) override;
    void aroundBatch(const std::function<void()>& convert) override;
    void onItems(std::span<const conversion::ItemResult> page) override;
    void onProgress(const conversion::BulkProgress& progress) override;

    Status mayRun(SessionWork& work);
    Status ask(const conversion::BatchSummary& batch, std::uint64_t files);
    void send(Json items);

    Rooms& rooms_;
    const std::uint64_t id_;
    const std::shared_ptr<Client> client_;
    ConversionOrder order_;
    const std::shared_ptr<CodeErrand> errand_;
    SecondFactorPolicy policy_;

    std::mutex mutex_;
    bool claimed_ = false;
    bool cancelled_ = false;
    bool paused_ = false;
    conversion::BulkJob* running_ = nullptr;

    // Of the job's own threads, one call at a time.
    conversion::BulkCount count_;
    std::optional<Status> answer_; ///< one acknowledgement for all
    std::optional<Duration> lastProgress_;
};

} // namespace ssprotect::app
