#include "conversion_command.h"

#include "acknowledgement.h"
#include "conversion_report.h"
#include "interrupts.h"
#include "path_pages.h"
#include "progress_bar.h"
#include "ssprotect/ipc/fields.h"
#include "text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

/// One running job: hears what the tray process tells while the run is waited for.
class RunningJob final : public ipc::Listener {
public:
    RunningJob(Context& context, Tray& tray, const ConversionOptions& options, std::uint64_t job)
        : context_(context), tray_(tray), job_(job), report_(context.output, options),
          bar_(options.release ? "Release" : "Activate"), interrupts_(tray.pipe()) {}

    Outcome run() {
        const auto totals = tray_.call("convert.run", {{"job", job_}}, {}, this);
        bar_.clear();
        if (unreadable_)
            return *unreadable_;
        if (!totals && interrupts_.count() > 1)
            return makeError(ErrorCode::cancelled, "left at once; the tray process cancels the rest and leaves every "
                                                   "file whole");
        if (!totals)
            return report_.finish(totals.error());
        return report_.finish(*totals);
    }

    void onNotification(std::string_view method, const Json& params) override {
        if (method == "convert.progress")
            return showProgress(params);
        bar_.clear();
        if (remarkElsewhere(context_, method) || method != "convert.items")
            return;
        if (auto status = report_.take(params); !status && !unreadable_)
            unreadable_ = status.error();
    }

    void onRequest(const ipc::Request& request, ipc::Responder responder) override {
        bar_.clear();
        answerQuestion(context_, request, std::move(responder));
    }

    bool onWake() override {
        if (interrupts_.count() > 1)
            return false;
        bar_.clear();
        context_.output.remark("Cancelling; files under way are brought to an end. Ctrl-C once more leaves at once.");
        return tray_.pipe().post("convert.cancel", {{"job", job_}}).ok();
    }

private:
    void showProgress(const Json& params) {
        ipc::Fields fields(params);
        const Progress progress{fields.number("files_done"),       fields.number("files_total"),
                                fields.number("bytes_done"),       fields.number("bytes_total"),
                                fields.number("bytes_per_second"), fields.optionalNumber("seconds_left").value_or(0)};
        if (fields.usable())
            bar_.show(progress);
    }

    Context& context_;
    Tray& tray_;
    std::uint64_t job_;
    ConversionReport report_;
    ProgressBar bar_;
    std::optional<Error> unreadable_;
    Interrupts interrupts_;
};

Result<std::uint64_t> start(Tray& tray, const ConversionOptions& options) {
    Json params = {{"operation", options.release ? "release" : "activate"},
                   {"recursive", options.recursive},
                   {"dry_run", options.dryRun},
                   {"take_ownership", options.takeOwnership},
                   {"override_integrity", options.overrideIntegrity}};
    const auto started = tray.call("convert.start", params);
    if (!started)
        return started.error();
    ipc::Fields fields(*started);
    const auto job = fields.number("job");
    if (const auto status = fields.usable(); !status)
        return makeError(ErrorCode::internal, "the tray process named no job: " + status.error().message);
    return job;
}

Status addPaths(Tray& tray, const std::vector<std::string>& paths, std::uint64_t job) {
    std::vector<std::string> texts;
    texts.reserve(paths.size());
    for (const auto& path : paths)
        texts.push_back(absoluteText(path));
    for (PathPages pages(std::move(texts)); !pages.done();) {
        const auto added = tray.call("convert.add", {{"job", job}, {"paths", pages.next()}});
        if (!added)
            return added.error();
    }
    return {};
}

} // namespace

Outcome convert(Context& context, const ConversionOptions& options) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    const auto job = start(*tray, options);
    if (!job)
        return job.error();
    if (auto status = addPaths(*tray, options.paths, *job); !status)
        return std::move(status).error();
    return RunningJob(context, *tray, options, *job).run();
}

} // namespace ssprotect::cli
