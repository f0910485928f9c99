#include "status_command.h"

#include "item_tally.h"
#include "path_pages.h"
#include "ssprotect/ipc/fields.h"
#include "ssprotect/platform/shown_path.h"
#include "table.h"
#include "text.h"

#include <deque>

#include <nlohmann/json.hpp>

namespace ssprotect::cli {
namespace {

/// Enough that the tray process always has one page to work on.
constexpr std::size_t kPagesUnderWay = 4;

/// Merges the pages, as text: the rows are many and are only handed on.
class StatusReport {
public:
    explicit StatusReport(const Output& output) : output_(output) {}

    Status take(const Json& page) {
        ipc::Fields fields(page);
        const auto* session = fields.any("session");
        const auto files = fields.objects("files");
        if (auto status = fields.usable(); !status || session == nullptr)
            return makeError(ErrorCode::internal, "the tray process gave no status that can be read");
        if (session_.empty())
            takeSession(*session);
        for (const auto* file : files) {
            if (auto status = takeFile(*file); !status)
                return status;
        }
        return {};
    }

    int print() const {
        output_.objectText(R"({"session":)" + session_ + R"(,"files":[)" + rows_ + "]}");
        output_.text(sessionLine_);
        if (!table_.empty())
            output_.text(table_.text());
        output_.text(failures_);
        return tally_.exitCode();
    }

private:
    void takeSession(const Json& session) {
        session_ = session.dump(-1, ' ', false, Json::error_handler_t::replace);
        ipc::Fields fields(session);
        const auto account = fields.optionalText("account");
        const auto profile = fields.optionalText("profile");
        const auto expires = fields.optionalText("expires");
        if (fields.text("state") != "logged-in") {
            sessionLine_ = "Logged out.\n";
            return;
        }
        sessionLine_ = "Logged in as " + platform::shownText(account.value_or("?"));
        if (profile)
            sessionLine_ += ", profile " + platform::shownText(*profile);
        if (expires)
            sessionLine_ += ", until " + timeText(*expires);
        sessionLine_ += ".\n";
    }

    Status takeFile(const Json& row) {
        ipc::Fields fields(row);
        const auto path = fields.text("path");
        const auto* error = fields.any("error");
        const auto state = fields.optionalText("state").value_or("?");
        const auto version = fields.optionalNumber("version");
        const auto size = fields.optionalNumber("size");
        const auto ownership = fields.optionalText("ownership").value_or("?");
        if (const auto status = fields.usable(); !status)
            return makeError(ErrorCode::internal, "the status of a file cannot be read: " + status.error().message);
        if (error != nullptr)
            return takeFailure(path, *error, row);
        tally_.good();
        if (output_.json())
            addRow(row);
        else
            table_.add({platform::shownText(state), version ? "v" + std::to_string(*version) : "-",
                        platform::shownText(ownership), size ? sizeText(*size) : "-", shownPathText(path)});
        return {};
    }

    Status takeFailure(const std::string& path, const Json& error, const Json& row) {
        ipc::Fields fields(error);
        const auto code = fields.text("code");
        const auto message = fields.text("message");
        if (auto status = fields.usable(); !status)
            return makeError(ErrorCode::internal, "the error of a file cannot be read");
        tally_.failed(code);
        if (output_.json())
            addRow(row);
        else
            failures_ += shownPathText(path) + ": " + platform::shownText(message) + '\n';
        return {};
    }

    void addRow(const Json& row) {
        if (!rows_.empty())
            rows_ += ',';
        rows_ += row.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    const Output& output_;
    ItemTally tally_;
    std::string session_;
    std::string sessionLine_;
    std::string rows_;
    std::string failures_;
    Table table_{{"STATE", "VERSION", "OWNER", "SIZE", "FILE"}};
};

} // namespace

Outcome showStatus(Context& context, const std::vector<std::string>& paths) {
    auto tray = Tray::connect(context);
    if (!tray)
        return std::move(tray).error();
    std::vector<std::string> texts;
    texts.reserve(paths.size());
    for (const auto& path : paths)
        texts.push_back(absoluteText(path));
    PathPages pages(std::move(texts));
    StatusReport report(context.output);
    std::deque<ipc::PipeClient::RequestId> underWay;
    do {
        while (underWay.empty() || (!pages.done() && underWay.size() < kPagesUnderWay)) {
            const auto request = tray->send("status", {{"paths", pages.next()}});
            if (!request)
                return request.error();
            underWay.push_back(*request);
        }
        const auto page = tray->receive(underWay.front());
        if (!page)
            return page.error();
        underWay.pop_front();
        if (auto status = report.take(*page); !status)
            return std::move(status).error();
    } while (!underWay.empty() || !pages.done());
    return report.print();
}

} // namespace ssprotect::cli
