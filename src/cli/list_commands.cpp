#include "list_commands.h"

#include "ssprotect/ipc/fields.h"
#include "ssprotect/platform/shown_path.h"
#include "table.h"
#include "text.h"

#include <algorithm>
#include <functional>
#include <limits>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

/// So many rows with the longest paths still fit one frame of the pipe.
constexpr std::uint64_t kHostlistPage = 200;
constexpr std::uint64_t kVersionsPage = 500;
constexpr std::uint64_t kAuditPage = 500;

Error unreadable(const Status& status) {
    return makeError(ErrorCode::internal, "the list cannot be read: " + status.error().message);
}

std::string shown(const std::optional<std::string>& text) { return platform::shownText(text.value_or("-")); }

/// All rows of a list that comes in pages, in one array.
class Rows {
public:
    explicit Rows(std::string name) : name_(std::move(name)) {}

    /// The number of rows on the page.
    Result<std::size_t> take(const Json& page) {
        ipc::Fields fields(page);
        const auto rows = fields.objects(name_);
        if (const auto status = fields.usable(); !status)
            return unreadable(status);
        for (const auto* row : rows)
            all_.push_back(*row);
        return rows.size();
    }
    const Json& all() const { return all_; }

private:
    std::string name_;
    Json all_ = Json::array();
};

bool isFileId(const std::string& text) {
    return text.size() == 32 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

/// Prints the list as JSON or as a table, once all of it could be read.
Outcome print(const Output& output, const Json& list, const Json& rows, const std::string& heading, Table table,
              std::string_view empty, const std::function<std::vector<std::string>(ipc::Fields&)>& columns) {
    for (const auto& row : rows) {
        ipc::Fields fields(row);
        table.add(columns(fields));
        if (const auto status = fields.usable(); !status)
            return unreadable(status);
    }
    output.object(list);
    output.text(heading);
    output.text(table.empty() ? std::string(empty) : table.text());
    return kDone;
}

std::vector<std::string> hostlistColumns(ipc::Fields& row) {
    const auto state = row.optionalText("state");
    const auto version = row.number("version");
    const auto ownership = row.optionalText("ownership");
    const auto size = row.optionalNumber("size").value_or(0);
    const bool opened = row.flag("opened", false);
    return {opened ? "(Opened)" : shown(state), "v" + std::to_string(version), shown(ownership), sizeText(size),
            shownPathText(row.text("path"))};
}

std::vector<std::string> versionColumns(ipc::Fields& row) {
    const auto version = row.number("version");
    const auto created = row.optionalText("created").value_or("-");
    const auto creator = row.optionalText("creator");
    const auto size = row.optionalNumber("size").value_or(0);
    const bool restorable = row.flag("restorable", false);
    return {restorable ? "Y" : "-", "v" + std::to_string(version),  timeText(created), sizeText(size),
            shown(creator),         shown(row.optionalText("name"))};
}

std::vector<std::string> auditColumns(ipc::Fields& row) {
    const auto version = row.optionalNumber("version").value_or(0);
    return {timeText(row.optionalText("at").value_or("-")),
            shown(row.optionalText("operation")),
            shown(row.optionalText("result")),
            shown(row.optionalText("file_id")),
            version == 0 ? "-" : "v" + std::to_string(version),
            shown(row.optionalText("reason"))};
}

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

/// Adds to `rows`, newest first, until a page is short, leads no further back, or `most` are there. `key` names the
/// number that pages go back by. Gives the last page.
Result<Json> readBackwards(Tray& tray, const char* method, Json params, const char* key, std::uint64_t pageSize,
                           std::uint64_t most, Rows& rows) {
    Json page;
    while (rows.all().size() < most) {
        const auto wanted = std::min(pageSize, most - rows.all().size());
        params["limit"] = wanted;
        auto answer = tray.call(method, params);
        if (!answer)
            return std::move(answer).error();
        page = std::move(*answer);
        const auto taken = rows.take(page);
        if (!taken)
            return taken.error();
        if (*taken < wanted)
            break;
        ipc::Fields last(rows.all().back());
        const auto before = last.number(key);
        if (!last.usable() || before <= 1 || (params.contains("before") && params["before"] <= before))
            break;
        params["before"] = before;
    }
    return page;
}

} // namespace

Outcome showHostlist(Context& context, bool exclusive) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    Rows rows("hostlist");
    std::uint64_t total = 0;
    while (true) {
        const auto page =
            tray->call("hostlist", {{"exclusive", exclusive}, {"offset", rows.all().size()}, {"limit", kHostlistPage}});
        if (!page)
            return page.error();
        const auto taken = rows.take(*page);
        if (!taken)
            return taken.error();
        ipc::Fields fields(*page);
        total = fields.optionalNumber("total").value_or(0);
        if (*taken == 0 || rows.all().size() >= total)
            break;
    }
    return print(context.output, {{"hostlist", rows.all()}, {"total", rows.all().size()}}, rows.all(), {},
                 Table({"STATE", "VERSION", "OWNER", "SIZE", "FILE"}),
                 "No file on this host is managed for this account.\n", hostlistColumns);
}

Outcome showVersions(Context& context, const std::string& target) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    Rows rows("versions");
    const auto page = readBackwards(*tray, "versions", {{"target", isFileId(target) ? target : absoluteText(target)}},
                                    "version", kVersionsPage, kNoLimit, rows);
    if (!page)
        return page.error();
    ipc::Fields fields(*page);
    const auto fileId = fields.text("file_id");
    if (const auto status = fields.usable(); !status)
        return unreadable(status);
    return print(context.output, {{"file_id", fileId}, {"versions", rows.all()}}, rows.all(),
                 "FileID " + platform::shownText(fileId) + "\n",
                 Table({"A", "VERSION", "CREATED", "SIZE", "BY", "NAME"}), "It has no version.\n", versionColumns);
}

Outcome showAudit(Context& context, std::uint64_t limit) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    Rows rows("audit");
    if (const auto page = readBackwards(*tray, "audit", Json::object(), "sequence", kAuditPage, limit, rows); !page)
        return page.error();
    return print(context.output, {{"audit", rows.all()}}, rows.all(), {},
                 Table({"TIME", "OPERATION", "RESULT", "FILE", "VERSION", "REASON"}), "The audit trail is empty.\n",
                 auditColumns);
}

} // namespace ssprotect::cli
