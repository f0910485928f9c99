#include "report_methods.h"

#include "chain_of.h"
#include "params.h"
#include "ssprotect/kodiac/email.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

constexpr std::uint64_t kMostRows = 500;

/// "2026-01-31" as its first millisecond in UTC.
Result<TimePoint> dayFrom(const std::string& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    const auto number = [&](std::size_t at, std::size_t size, auto& to) {
        const auto [end, failed] = std::from_chars(text.data() + at, text.data() + at + size, to);
        return failed == std::errc() && end == text.data() + at + size;
    };
    const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
    if (shaped && number(0, 4, year) && number(5, 2, month) && number(8, 2, day)) {
        const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                               std::chrono::day(day)};
        if (date.ok())
            return fromUnixMillis(
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::sys_days(date).time_since_epoch())
                    .count());
    }
    return makeError(ErrorCode::usage, "'" + text + "' is no day; write it as 2026-01-31");
}

std::optional<std::int64_t> sequenceFrom(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc() && end == text.data() + text.size() && number > 0 ? std::optional(number)
                                                                                   : std::nullopt;
}

Json idOrNull(const std::optional<FileId>& file) { return file ? Json(file->hex()) : Json(nullptr); }

Json rowJson(const kodiac::ListAudit::Row& row) {
    return {{"sequence", row.sequence},   {"at", toIso8601(row.at)},     {"email", row.email},
            {"host", row.hostName},       {"host_id", row.host.hex()},   {"proven", row.proven},
            {"operation", row.operation}, {"subject", row.subjectEmail}, {"file_id", idOrNull(row.file)},
            {"version", row.version},     {"result", row.result},        {"reason", row.reason}};
}

Json rowJson(const session::DisclosureRow& row) {
    const auto& version = row.version;
    return {{"file_id", version.file.hex()},   {"name", row.name},
            {"version", version.version},      {"first", toIso8601(version.first)},
            {"last", toIso8601(version.last)}, {"opened", version.opened},
            {"stored", version.stored},        {"owner", version.ownerEmail}};
}

/// {"rows", "next"}: more may follow after a full page.
template <class Row> Json pageOf(const std::vector<Row>& rows, std::size_t limit, const std::string& last) {
    Json list = Json::array();
    for (const auto& row : rows)
        list.push_back(rowJson(row));
    return {{"rows", std::move(list)}, {"next", rows.size() < limit ? Json(nullptr) : Json(last)}};
}

} // namespace

struct ReportMethods::Query {
    std::string kind;
    std::string account;
    std::string host;
    std::string file;
    std::optional<TimePoint> from;
    std::optional<TimePoint> to; ///< the first moment that does not belong
    std::uint32_t days = 30;
    std::string after; ///< `next` of the page before
    std::uint32_t limit = kMostRows;
};

void ReportMethods::addTo(MethodTable& methods) {
    methods.add("report", MethodTable::Needs::session, [this](Invocation& call) { return report(call); });
}

Result<Json> ReportMethods::report(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    Query query;
    query.kind = fields.text("kind");
    query.account = fields.optionalText("account").value_or("");
    query.host = fields.optionalText("host").value_or("");
    query.file = fields.optionalText("file").value_or("");
    query.after = fields.optionalText("after").value_or("");
    const auto from = fields.optionalText("from");
    const auto to = fields.optionalText("to");
    const bool disclosing = query.kind == "disclosure";
    query.days = static_cast<std::uint32_t>(
        std::clamp<std::uint64_t>(fields.optionalNumber("days").value_or(30), 1, kodiac::kMostReportDays));
    query.limit = static_cast<std::uint32_t>(
        std::clamp<std::uint64_t>(fields.optionalNumber("limit").value_or(kMostRows), 1, kMostRows));
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (disclosing && (from || to))
        return makeError(ErrorCode::usage,
                         "the disclosure report looks back from now: give --days, not --from or --to");
    if (!disclosing && !query.host.empty())
        return makeError(ErrorCode::usage, "--host belongs to the disclosure report");
    for (const auto& [text, time] : {std::pair{&from, &query.from}, std::pair{&to, &query.to}}) {
        if (!*text)
            continue;
        auto day = dayFrom(**text);
        if (!day)
            return std::move(day).error();
        *time = *day;
    }
    if (query.to)
        *query.to += std::chrono::days(1);
    auto work = rooms_.desk.require();
    if (!work)
        return std::move(work).error();
    if (disclosing)
        return disclosure(**work, query);
    if (query.kind == "user" || query.kind == "file" || query.kind == "integrated")
        return trail(**work, query);
    return makeError(ErrorCode::usage,
                     "there is no report '" + query.kind + "'; there are user, file, integrated and disclosure");
}

Result<AccountId> ReportMethods::accountOf(SessionWork& work, const std::string& email) {
    if (email.empty() || kodiac::emailKey(email) == kodiac::emailKey(work.session().info().email))
        return work.session().account();
    auto administration = rooms_.administration();
    if (!administration)
        return std::move(administration).error();
    auto user = administration->presentOrFormerUser(email);
    if (!user)
        return std::move(user).error();
    return user->account;
}

Result<Json> ReportMethods::trail(SessionWork& work, const Query& query) {
    kodiac::ListAudit::Request request;
    request.before = query.after.empty() ? 0 : sequenceFrom(query.after).value_or(1);
    request.limit = query.limit;
    request.from = query.from;
    request.to = query.to;
    request.organization = query.kind != "user" || !query.account.empty();
    if (!query.account.empty()) {
        auto account = accountOf(work, query.account);
        if (!account)
            return std::move(account).error();
        request.account = *account;
        request.organization = *account != work.session().account();
    }
    if (query.kind == "file" && query.file.empty())
        return makeError(ErrorCode::usage, "name the file with --file");
    if (!query.file.empty()) {
        auto file = chainOf(rooms_.outside.files, work, query.file);
        if (!file)
            return std::move(file).error();
        request.file = *file;
    }
    auto rows = work.session().audit(request);
    // An ordinary user sees what is its own of a file.
    if (!rows && rows.error().code == ErrorCode::notPrivileged && query.kind == "file") {
        request.organization = false;
        rows = work.session().audit(request);
    }
    if (!rows)
        return std::move(rows).error();
    return pageOf(*rows, query.limit, rows->empty() ? "" : std::to_string(rows->back().sequence));
}

Result<Json> ReportMethods::disclosure(SessionWork& work, const Query& query) {
    kodiac::ReportDisclosure::Request request;
    if (!query.host.empty()) {
        auto host = HostId::fromHexText(query.host);
        if (!host)
            return makeError(ErrorCode::usage, "'" + query.host +
                                                   "' is no host; 'host list' and the column host_id "
                                                   "of a report in JSON name them");
        request.host = *host;
    }
    if (query.host.empty() || !query.account.empty()) {
        auto account = accountOf(work, query.account);
        if (!account)
            return std::move(account).error();
        request.account = *account;
    }
    request.days = query.days;
    request.limit = query.limit;
    if (const auto colon = query.after.find(':'); colon != std::string::npos) {
        auto file = FileId::fromHexText(query.after.substr(0, colon));
        const auto version = sequenceFrom(std::string_view(query.after).substr(colon + 1));
        if (!file || !version)
            return makeError(ErrorCode::usage, "'after' is no place in this report");
        request.afterFile = *file;
        request.afterVersion = static_cast<VersionNumber>(*version);
    }
    auto rows = work.session().disclosure(request);
    if (!rows)
        return std::move(rows).error();
    return pageOf(*rows, query.limit,
                  rows->empty() ? ""
                                : rows->back().version.file.hex() + ':' + std::to_string(rows->back().version.version));
}

} // namespace ssprotect::app
