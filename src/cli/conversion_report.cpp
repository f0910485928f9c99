#include "conversion_report.h"

#include "ssprotect/ipc/fields.h"
#include "ssprotect/platform/shown_path.h"
#include "text.h"

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

/// More than a screen of good news hides the bad.
constexpr std::size_t kMostShownEach = 20;

Error unreadable(const Status& status) {
    return makeError(ErrorCode::internal,
                     "the tray process tells of a file in a way that cannot be read: " + status.error().message);
}

} // namespace

ConversionReport::ConversionReport(const Output& output, const ConversionOptions& options)
    : output_(output), options_(options),
      showsEach_(options.dryRun || (!options.recursive && options.paths.size() <= kMostShownEach)) {}

Status ConversionReport::take(const Json& params) {
    ipc::Fields fields(params);
    const auto items = fields.objects("items");
    if (const auto status = fields.usable(); !status)
        return unreadable(status);
    for (const auto* item : items) {
        if (auto status = takeItem(*item); !status)
            return status;
    }
    return {};
}

Status ConversionReport::takeItem(const Json& item) {
    ipc::Fields fields(item);
    const auto path = fields.text("path");
    const bool ok = fields.flag("ok");
    const auto* error = fields.any("error");
    const auto version = fields.optionalNumber("version").value_or(0);
    const auto skipped = fields.optionalText("skipped").value_or("");
    if (const auto status = fields.usable(); !status)
        return unreadable(status);
    if (output_.json()) {
        rows_ += rows_.empty() ? "" : ",";
        rows_ += item.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    if (ok) {
        tally_.good();
        printItem(item, version, skipped);
        return {};
    }
    const auto none = Json::object();
    ipc::Fields reason(error == nullptr ? none : *error);
    const auto code = reason.text("code");
    const auto message = reason.text("message");
    if (const auto status = reason.usable(); !status)
        return unreadable(status);
    tally_.failed(code);
    if (!output_.json())
        output_.remark(shownPathText(path) + ": " + platform::shownText(message));
    return {};
}

void ConversionReport::printItem(const Json& item, std::uint64_t version, const std::string& skipped) {
    const auto path = shownPathText(item["path"].get_ref<const std::string&>());
    if (const auto damaged = item.find("damaged"); damaged != item.end() && !damaged->empty() && !output_.json())
        output_.remark(path + ": " + countText(damaged->size(), "range") + " could not be read and lie there as zeros");
    if (!showsEach_)
        return;
    if (!skipped.empty())
        output_.line(path + ": " + platform::shownText(skipped));
    else if (options_.dryRun)
        output_.line(path + (options_.release ? ": would be released" : ": would be protected"));
    else if (options_.release)
        output_.line(path + ": released");
    else
        output_.line(path + ": protected as v" + std::to_string(version));
}

Outcome ConversionReport::finish(const Json& totals) {
    ipc::Fields fields(totals);
    const auto done = fields.number("ok");
    const auto failed = fields.number("failed");
    const auto skipped = fields.optionalNumber("skipped").value_or(0);
    const bool cancelled = fields.flag("cancelled", false);
    if (const auto status = fields.usable(); !status)
        return unreadable(status);
    output_.objectText(R"({"files":[)" + rows_ + R"(],"ok":)" + std::to_string(done) + R"(,"failed":)" +
                       std::to_string(failed) + R"(,"skipped":)" + std::to_string(skipped) + R"(,"cancelled":)" +
                       (cancelled ? "true}" : "false}"));
    output_.line(summary(done, skipped, cancelled));
    const int code = tally_.exitCode();
    return code == kDone && (cancelled || failed > 0) ? kSomeFailed : code;
}

std::string ConversionReport::summary(std::uint64_t done, std::uint64_t skipped, bool cancelled) const {
    const std::string_view verb = options_.dryRun ? (options_.release ? "To be released: " : "To be protected: ")
                                                  : (options_.release ? "Released: " : "Protected: ");
    auto text = std::string(verb) + countText(done, "file");
    if (skipped > 0)
        text += ", skipped: " + numberText(skipped);
    if (tally_.failures() > 0)
        text += ", failed: " + numberText(tally_.failures());
    if (cancelled)
        text += "; cancelled, the others are as they were";
    return text + '.';
}

int ConversionReport::finish(const Error& error) const {
    if (rows_.empty()) {
        output_.error(error);
        return error.exitCode();
    }
    const Json body = {{"code", error.word()}, {"message", error.message}};
    output_.objectText(R"({"error":)" + body.dump(-1, ' ', false, Json::error_handler_t::replace) + R"(,"files":[)" +
                       rows_ + "]}");
    return error.exitCode();
}

} // namespace ssprotect::cli
