#include "organization_commands.h"
#include "simple_call.h"
#include "ssprotect/base/csv.h"
#include "ssprotect/platform/shown_path.h"
#include "table.h"
#include "text.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

constexpr std::uint64_t kPage = 500;
constexpr std::array kAuditKeys{"at",      "email",   "host",    "proven", "operation",
                                "subject", "file_id", "version", "result", "reason"};
constexpr std::array kDisclosureKeys{"file_id", "name", "version", "first", "last", "opened", "stored", "owner"};

bool isDisclosure(const ReportOptions& options) { return options.kind == "disclosure"; }

std::vector<std::string> keysOf(const ReportOptions& options) {
    return isDisclosure(options) ? std::vector<std::string>(kDisclosureKeys.begin(), kDisclosureKeys.end())
                                 : std::vector<std::string>(kAuditKeys.begin(), kAuditKeys.end());
}

Json paramsOf(const ReportOptions& options) {
    Json params = {{"kind", options.kind}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            params[name] = value;
    };
    add("account", options.account);
    add("host", options.host);
    add("from", options.from);
    add("to", options.to);
    if (!options.file.empty())
        params["file"] = absoluteText(options.file);
    if (options.file.size() == 32 && options.file.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos)
        params["file"] = options.file;
    if (isDisclosure(options))
        params["days"] = options.days;
    return params;
}

std::string cellText(const Json& row, const std::string& key) {
    const auto found = row.find(key);
    if (found == row.end() || found->is_null())
        return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

std::string csvText(const Json& rows, const std::vector<std::string>& keys) {
    std::string text = csvLine(keys);
    for (const auto& row : rows) {
        std::vector<std::string> cells;
        for (const auto& key : keys)
            cells.push_back(cellText(row, key));
        text += csvLine(cells);
    }
    return text;
}

std::string tableText(const Json& rows, const std::vector<std::string>& keys) {
    std::vector<std::string> headings;
    for (auto key : keys) {
        std::transform(key.begin(), key.end(), key.begin(), [](char c) { return c == '_' ? ' ' : std::toupper(c); });
        headings.push_back(std::move(key));
    }
    Table table(headings);
    for (const auto& row : rows) {
        std::vector<std::string> cells;
        for (const auto& key : keys) {
            const auto text = cellText(row, key);
            const bool isTime = key == "at" || key == "first" || key == "last";
            cells.push_back(text.empty() ? "-" : isTime ? timeText(text) : platform::shownText(text));
        }
        table.add(std::move(cells));
    }
    return table.empty() ? "Nothing to report.\n" : table.text();
}

/// All pages of it.
Result<Json> rowsOf(Tray& tray, const ReportOptions& options) {
    Json params = paramsOf(options);
    Json rows = Json::array();
    while (rows.size() < options.limit) {
        params["limit"] = std::min(kPage, options.limit - rows.size());
        const auto page = tray.call("report", params);
        if (!page)
            return page.error();
        ipc::Fields fields(*page);
        for (const auto* row : fields.objects("rows"))
            rows.push_back(*row);
        const auto next = fields.optionalText("next");
        if (const auto status = fields.usable(); !status)
            return makeError(ErrorCode::internal, "the report cannot be read: " + status.error().message);
        if (!next)
            break;
        params["after"] = *next;
    }
    return rows;
}

} // namespace

Outcome report(Context& context, const ReportOptions& options) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    auto rows = rowsOf(*tray, options);
    if (!rows)
        return std::move(rows).error();
    const Json result = {{"report", options.kind}, {"rows", *rows}};
    context.output.object(result);
    if (options.format == "json" && !context.output.json())
        context.output.line(result.dump(2, ' ', false, Json::error_handler_t::replace));
    else if (options.format == "csv")
        context.output.text(csvText(*rows, keysOf(options)));
    else
        context.output.text(tableText(*rows, keysOf(options)));
    return kDone;
}

} // namespace ssprotect::cli
