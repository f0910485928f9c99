#include "user_sheet.h"

#include "attribute_names.h"
#include "ssprotect/base/csv.h"
#include "ssprotect/kodiac/email.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace ssprotect::app {
namespace {

constexpr std::string_view kEmail = "email";
constexpr std::string_view kState = "state";
constexpr std::string_view kPrivilege = "privilege";
constexpr std::uint32_t kMostMegabytes = 1'000'000'000;

std::string trimmed(const std::string& cell) {
    const auto begin = cell.find_first_not_of(" \t");
    return begin == std::string::npos ? std::string() : cell.substr(begin, cell.find_last_not_of(" \t") - begin + 1);
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

bool isGone(const kodiac::ListUsers::Row& user) {
    return user.state == kodiac::AccountState::removed || user.state == kodiac::AccountState::dismissed;
}

Result<std::optional<bool>> onOrOff(const std::string& cell) {
    const auto word = lowered(cell);
    if (word.empty())
        return std::optional<bool>();
    if (word == "on" || word == "yes" || word == "true" || word == "1")
        return std::optional(true);
    if (word == "off" || word == "no" || word == "false" || word == "0")
        return std::optional(false);
    return makeError(ErrorCode::invalidInput, "'" + cell + "' is neither on nor off");
}

Result<std::optional<std::uint32_t>> megabytes(const std::string& cell) {
    if (cell.empty())
        return std::optional<std::uint32_t>();
    std::uint32_t number = 0;
    const auto [end, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (failed != std::errc() || end != cell.data() + cell.size() || number > kMostMegabytes)
        return makeError(ErrorCode::invalidInput, "'" + cell + "' is no number of megabytes");
    return std::optional(number);
}

bool isKnown(std::string_view column) {
    return column == kEmail || column == kState || column == kPrivilege || column == kQuotaName ||
           std::any_of(kAttributeNames.begin(), kAttributeNames.end(),
                       [&](const AttributeName& each) { return each.name == column; });
}

/// The columns of the file, by name.
class Header {
public:
    static Result<Header> from(const CsvRow& row) {
        Header header;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const auto name = lowered(trimmed(row.cells[i]));
            if (!isKnown(name))
                return makeError(ErrorCode::invalidInput, "line " + std::to_string(row.line) +
                                                              ": there is no column '" + name +
                                                              "'; 'users export' writes a file with all of them");
            if (!header.columns_.emplace(name, i).second)
                return makeError(ErrorCode::invalidInput,
                                 "line " + std::to_string(row.line) + ": the column '" + name + "' is there twice");
        }
        header.size_ = row.cells.size();
        if (!header.columns_.contains(std::string(kEmail)))
            return makeError(ErrorCode::invalidInput, "the header row has no column 'email'");
        return header;
    }

    std::size_t size() const { return size_; }
    std::string cell(const CsvRow& row, std::string_view name) const {
        const auto found = columns_.find(std::string(name));
        return found == columns_.end() ? std::string() : trimmed(plainCell(row.cells[found->second]));
    }

private:
    std::map<std::string, std::size_t> columns_;
    std::size_t size_ = 0;
};

Status readChanges(const Header& header, const CsvRow& row, kodiac::AttributeChanges& changes) {
    for (const auto& each : kAttributeNames) {
        auto value = onOrOff(header.cell(row, each.name));
        if (!value)
            return makeError(ErrorCode::invalidInput, std::string(each.name) + ": " + value.error().message);
        changes.*each.change = *value;
    }
    auto quota = megabytes(header.cell(row, kQuotaName));
    if (!quota)
        return makeError(ErrorCode::invalidInput, std::string(kQuotaName) + ": " + quota.error().message);
    changes.quotaMegabytes = *quota;
    return {};
}

void leaveOutWhatIsSo(kodiac::AttributeChanges& changes, const kodiac::AccountAttributes& present) {
    for (const auto& each : kAttributeNames)
        if (changes.*each.change == present.*each.value)
            (changes.*each.change).reset();
    if (changes.quotaMegabytes == present.quotaMegabytes)
        changes.quotaMegabytes.reset();
}

/// The rows one after another, against the accounts that are there.
class Sheet {
public:
    Sheet(Header header, const std::vector<kodiac::ListUsers::Row>& present) : header_(std::move(header)) {
        for (const auto& user : present)
            if (!isGone(user))
                present_.emplace(kodiac::emailKey(user.email), &user);
    }

    EditState read(const CsvRow& row) {
        EditState state;
        state.row = row.line;
        if (row.cells.size() != header_.size()) {
            state.error =
                makeError(ErrorCode::invalidInput, "the row has " + std::to_string(row.cells.size()) +
                                                       " cells, the header " + std::to_string(header_.size()));
            return state;
        }
        state.email = header_.cell(row, kEmail);
        if (auto done = fill(row, state); !done)
            state.error = std::move(done).error();
        return state;
    }

private:
    Status fill(const CsvRow& row, EditState& state) {
        if (auto shaped = kodiac::checkEmail(state.email); !shaped)
            return shaped;
        const auto key = kodiac::emailKey(state.email);
        if (!seen_.insert(key).second)
            return makeError(ErrorCode::invalidInput, "the account is in the file twice");
        if (auto read = readChanges(header_, row, state.changes); !read)
            return read;
        if (const auto found = present_.find(key); found != present_.end()) {
            state.account = found->second->account;
            leaveOutWhatIsSo(state.changes, found->second->attributes);
        } else if (state.changes.disabled == true) {
            return makeError(ErrorCode::invalidInput, "a new account cannot begin disabled");
        }
        return {};
    }

    Header header_;
    std::map<std::string, const kodiac::ListUsers::Row*> present_;
    std::set<std::string> seen_;
};

} // namespace

bool EditState::changesAnything() const { return isNew() || !changeTexts(changes).empty(); }

Result<std::vector<EditState>> readUserSheet(std::string_view csv, const std::vector<kodiac::ListUsers::Row>& present) {
    auto rows = parseCsv(csv);
    if (!rows)
        return std::move(rows).error();
    if (rows->empty())
        return makeError(ErrorCode::invalidInput, "the file is empty; it needs a header row with the column 'email'");
    auto header = Header::from(rows->front());
    if (!header)
        return std::move(header).error();
    Sheet sheet(std::move(*header), present);
    std::vector<EditState> states;
    for (std::size_t i = 1; i < rows->size(); ++i)
        states.push_back(sheet.read((*rows)[i]));
    return states;
}

std::string writeUserSheet(const std::vector<kodiac::ListUsers::Row>& users) {
    std::vector<std::string> names{std::string(kEmail), std::string(kState), std::string(kPrivilege)};
    for (const auto& each : kAttributeNames)
        names.emplace_back(each.name);
    names.emplace_back(kQuotaName);
    std::string text = csvLine(names);
    for (const auto& user : users) {
        if (isGone(user))
            continue;
        std::vector<std::string> cells{user.email, std::string(kodiac::wordOf(user.state)),
                                       std::string(kodiac::wordOf(user.privilege))};
        for (const auto& each : kAttributeNames)
            cells.emplace_back(user.attributes.*each.value ? "on" : "off");
        cells.push_back(std::to_string(user.attributes.quotaMegabytes));
        text += csvLine(cells);
    }
    return text;
}

} // namespace ssprotect::app
