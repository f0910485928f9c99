#include "conversion_job.h"

#include "params.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/shown_path.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

constexpr Duration kProgressEvery{200};
/// A frame of the pipe holds 1 MiB; a path may take 16 KiB of it.
constexpr std::size_t kItemBytesPerMessage = std::size_t{128} << 10;

std::string operationWord(conversion::Operation operation) {
    return operation == conversion::Operation::activate ? "activate" : "release";
}

Json itemJson(const conversion::ItemResult& item) {
    Json json{{"path", ipc::pathToText(item.path)},
              {"ok", item.ok()},
              {"error", errorOrNull(item.error)},
              {"file_id", item.file.isNull() ? Json(nullptr) : Json(item.file.hex())},
              {"version", item.version}};
    if (item.skipped != conversion::Skipped::no)
        json["skipped"] = std::string(conversion::skippedWord(item.skipped));
    if (item.olderThanSeen) {
        json["older_than_seen"] = true;
        json["latest"] = item.latest;
    }
    for (const auto& range : item.damaged)
        json["damaged"].push_back({{"offset", range.offset}, {"length", range.length}});
    return json;
}

std::size_t roughSize(const conversion::ItemResult& item) {
    return 256 + item.path.native().size() * 4 + item.damaged.size() * 48 +
           (item.error ? item.error->message.size() : 0);
}

} // namespace

ConversionJob::ConversionJob(Rooms& rooms, std::uint64_t id, std::shared_ptr<Client> client, ConversionOrder order)
    : rooms_(rooms), id_(id), client_(std::move(client)), order_(std::move(order)),
      errand_(std::make_shared<CodeErrand>(client_, operationWord(order_.operation))) {}

Status ConversionJob::add(std::vector<platform::Path> roots) {
    std::lock_guard lock(mutex_);
    if (claimed_)
        return makeError(ErrorCode::refused, "the job runs already; start another one for these files");
    order_.roots.insert(order_.roots.end(), std::make_move_iterator(roots.begin()),
                        std::make_move_iterator(roots.end()));
    return {};
}

Status ConversionJob::claim() {
    std::lock_guard lock(mutex_);
    if (std::exchange(claimed_, true))
        return makeError(ErrorCode::refused, "the job runs already");
    return {};
}

Status ConversionJob::mayRun(SessionWork& work) {
    auto account = work.account();
    if (!account)
        return std::move(account).error();
    policy_ = {account->noSecondFactor, account->noBulkSecondFactor};
    if (order_.overrideIntegrity && !account->integrityOverride)
        return makeError(ErrorCode::refused, "this account may not release damaged files (Int Override is off)");
    return {};
}

Result<Json> ConversionJob::run() {
    auto work = rooms_.desk.require();
    if (!work)
        return std::move(work).error();
    if (auto may = mayRun(**work); !may)
        return std::move(may).error();

    conversion::BulkOptions options;
    options.operation = order_.operation;
    options.dryRun = order_.dryRun;
    options.takeOwnership = order_.takeOwnership;
    options.overrideIntegrity = order_.overrideIntegrity;
    if (policy_.noBulkSecondFactor && !policy_.noSecondFactor)
        options.mostFilesPerBatch = 1;
    options.selection.recursive = order_.recursive;
    options.selection.filter = order_.filter;
    options.selection.excluded = {rooms_.settings.home};
    // What an application still has, or KODiAC has not stored yet, is newer than what a release would write.
    if (order_.operation == conversion::Operation::release)
        options.selection.mayTouch = [this](const platform::Path& path) { return rooms_.managed.settled(path); };

    std::unique_lock lock(mutex_);
    options.selection.roots = std::move(order_.roots);
    conversion::BulkJob job(rooms_.outside.files, (*work)->converter(), rooms_.outside.clock, std::move(options),
                            *this);
    running_ = &job;
    if (paused_)
        job.pause();
    if (cancelled_)
        job.cancel();
    lock.unlock();

    const auto totals = job.run();

    lock.lock();
    running_ = nullptr;
    lock.unlock();
    if (totals.ok > 0 && !order_.dryRun)
        rooms_.events.tell("hostlist.changed", Json::object());
    return Json{
        {"ok", totals.ok}, {"failed", totals.failed}, {"skipped", totals.skipped}, {"cancelled", totals.cancelled}};
}

void ConversionJob::cancel() {
    std::lock_guard lock(mutex_);
    cancelled_ = true;
    if (running_ != nullptr)
        running_->cancel();
}

void ConversionJob::pause() {
    std::lock_guard lock(mutex_);
    paused_ = true;
    if (running_ != nullptr)
        running_->pause();
}

void ConversionJob::resume() {
    std::lock_guard lock(mutex_);
    paused_ = false;
    if (running_ != nullptr)
        running_->resume();
}

void ConversionJob::onCounted(const conversion::BulkCount& count) {
    count_ = count;
    client_->notify("convert.counted", {{"job", id_},
                                        {"files", count.files},
                                        {"bytes", count.bytes},
                                        {"skipped", count.skipped},
                                        {"refused", count.refused}});
}

Status ConversionJob::beforeBatch(const conversion::BatchSummary& batch) {
    if (policy_.noBulkSecondFactor)
        return ask(batch, batch.files);
    if (!answer_)
        answer_ = ask(batch, std::max<std::uint64_t>(count_.files, batch.files));
    return *answer_;
}

Status ConversionJob::ask(const conversion::BatchSummary& batch, std::uint64_t files) {
    AcknowledgementRequest request;
    request.operation = operationWord(order_.operation);
    request.count = static_cast<std::size_t>(files);
    for (const auto& path : batch.names)
        request.names.push_back(platform::shownPath(path.filename()));
    return rooms_.acknowledger.require(*client_, std::move(request), policy_);
}

// Batches run on threads of the job's own, where nobody would be asked for a token's code.
void ConversionJob::aroundBatch(const std::function<void()>& convert) {
    const CodeAsker::OnErrand working(rooms_.codes, errand_);
    convert();
}

void ConversionJob::onItems(std::span<const conversion::ItemResult> page) {
    Json changed = Json::array();
    for (const auto& item : page)
        if (item.ok() && item.skipped == conversion::Skipped::no && !order_.dryRun)
            changed.push_back(ipc::pathToText(item.path));
    if (!changed.empty())
        rooms_.events.tell("files.changed", {{"paths", std::move(changed)}});
    Json items = Json::array();
    std::size_t bytes = 0;
    for (const auto& item : page) {
        if (bytes + roughSize(item) > kItemBytesPerMessage && !items.empty()) {
            send(std::exchange(items, Json::array()));
            bytes = 0;
        }
        bytes += roughSize(item);
        items.push_back(itemJson(item));
    }
    if (!items.empty())
        send(std::move(items));
}

void ConversionJob::send(Json items) {
    if (!client_->waitForRoom())
        return cancel();
    client_->notify("convert.items", {{"job", id_}, {"items", std::move(items)}});
}

void ConversionJob::onProgress(const conversion::BulkProgress& progress) {
    const auto now = rooms_.outside.clock.uptime();
    const bool last = progress.filesDone == progress.filesTotal;
    if (lastProgress_ && now - *lastProgress_ < kProgressEvery && !last)
        return;
    lastProgress_ = now;
    client_->notifyLatest("convert.progress", std::to_string(id_),
                          {{"job", id_},
                           {"files_done", progress.filesDone},
                           {"files_total", progress.filesTotal},
                           {"bytes_done", progress.bytesDone},
                           {"bytes_total", progress.bytesTotal},
                           {"bytes_per_second", progress.bytesPerSecond},
                           {"seconds_left", progress.secondsLeft}});
}

} // namespace ssprotect::app
