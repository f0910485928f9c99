#include "conversion_methods.h"

#include "params.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

/// A client that begins jobs and never runs them is stopped here.
constexpr std::size_t kMostJobs = 64;
constexpr std::size_t kMostPathsPerCall = 10'000;

Result<ConversionOrder> orderFrom(const Json& params) {
    ipc::Fields fields(params);
    const auto operation = fields.text("operation");
    ConversionOrder order;
    order.recursive = fields.flag("recursive", false);
    order.dryRun = fields.flag("dry_run", false);
    order.takeOwnership = fields.flag("take_ownership", false);
    order.overrideIntegrity = fields.flag("override_integrity", false);
    order.filter.include = fields.optionalTexts("include");
    order.filter.exclude = fields.optionalTexts("exclude");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (operation == "release")
        order.operation = conversion::Operation::release;
    else if (operation != "activate")
        return makeError(ErrorCode::usage, "the operation is 'activate' or 'release', not '" + operation + "'");
    return order;
}

} // namespace

void ConversionMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    methods.add("convert.start", Needs::session, [this](Invocation& call) { return start(call); });
    methods.add("convert.add", Needs::nothing, [this](Invocation& call) { return add(call); });
    methods.add("convert.run", Needs::session, [this](Invocation& call) { return run(call); });
    methods.add("convert.pause", Needs::nothing,
                [this](Invocation& call) { return control(call, &ConversionJob::pause); });
    methods.add("convert.resume", Needs::nothing,
                [this](Invocation& call) { return control(call, &ConversionJob::resume); });
    methods.add("convert.cancel", Needs::nothing,
                [this](Invocation& call) { return control(call, &ConversionJob::cancel); });
}

Result<Json> ConversionMethods::start(Invocation& invocation) {
    auto order = orderFrom(*invocation.params);
    if (!order)
        return std::move(order).error();
    std::lock_guard lock(mutex_);
    if (jobs_.size() >= kMostJobs)
        return makeError(ErrorCode::refused, "too many bulk conversions are under way; wait for one to end");
    const auto id = next_++;
    jobs_.emplace(id, std::make_shared<ConversionJob>(rooms_, id, invocation.client, std::move(*order)));
    return Json{{"job", id}};
}

Result<Json> ConversionMethods::add(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto id = fields.number("job");
    const auto texts = fields.texts("paths");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (texts.size() > kMostPathsPerCall)
        return makeError(ErrorCode::usage, "at most 10000 paths are added at a time");
    std::vector<platform::Path> paths;
    for (const auto& text : texts) {
        auto path = pathFrom(text);
        if (!path)
            return std::move(path).error();
        paths.push_back(std::move(*path));
    }
    auto job = find(id);
    if (!job)
        return std::move(job).error();
    if (auto added = (*job)->add(std::move(paths)); !added)
        return std::move(added).error();
    return Json::object();
}

Result<Json> ConversionMethods::run(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto id = fields.number("job");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto job = find(id);
    if (!job)
        return std::move(job).error();
    if (auto claimed = (*job)->claim(); !claimed)
        return std::move(claimed).error();
    {
        std::lock_guard lock(mutex_);
        ++running_;
    }
    auto result = (*job)->run();
    forget(id);
    return result;
}

Result<Json> ConversionMethods::control(Invocation& invocation, void (ConversionJob::*action)()) {
    ipc::Fields fields(*invocation.params);
    const auto id = fields.number("job");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto job = find(id);
    if (!job)
        return std::move(job).error();
    ((**job).*action)();
    return Json::object();
}

Result<std::shared_ptr<ConversionJob>> ConversionMethods::find(std::uint64_t id) const {
    std::lock_guard lock(mutex_);
    const auto found = jobs_.find(id);
    if (found == jobs_.end())
        return makeError(ErrorCode::notFound,
                         "there is no bulk conversion " + std::to_string(id) + ", or it has ended");
    return found->second;
}

void ConversionMethods::forget(std::uint64_t id) {
    std::lock_guard lock(mutex_);
    jobs_.erase(id);
    --running_;
}

std::size_t ConversionMethods::running() const {
    std::lock_guard lock(mutex_);
    return running_;
}

void ConversionMethods::clientGone(const Client& client) {
    std::lock_guard lock(mutex_);
    std::erase_if(jobs_, [&](const auto& entry) {
        if (entry.second->client() != &client)
            return false;
        entry.second->cancel();
        return true;
    });
}

void ConversionMethods::cancelAll() {
    std::lock_guard lock(mutex_);
    for (const auto& [id, job] : jobs_)
        job->cancel();
}

} // namespace ssprotect::app
