#include "ssprotect/session/host_list.h"

#include "host_schema.h"
#include "path_record.h"
#include "ssprotect/container/container.h"
#include "ssprotect/store/database.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::uint32_t kMostRows = 1000;

constexpr int kListed = static_cast<int>(ChainStatus::listed);

// `folded` has ASCII letters in lower case (SQLite's own lower()).
constexpr std::string_view kFolded = "lower(CAST(path AS TEXT))";
constexpr std::string_view kFoldedName = // what follows the last separator
    "replace(lower(CAST(path AS TEXT)), rtrim(lower(CAST(path AS TEXT)), "
    "replace(lower(CAST(path AS TEXT)), '/', '')), '')";
constexpr std::string_view kColumns =
    "SELECT path, file, version, organization, owner, mode, size, stored_at, opened_at FROM chains ";
constexpr std::string_view kListedRows = "WHERE account = $1 AND status = $2 ";
// Copies of one chain: the highest version stands for all, among equals the first path.
constexpr std::string_view kNewestOfEach =
    "AND path IN (SELECT path FROM (SELECT path, ROW_NUMBER() OVER (PARTITION BY file ORDER BY version DESC, path) "
    "AS rank FROM chains WHERE account = $1 AND status = $2) WHERE rank = 1) ";

std::string conditionOf(const HostListQuery& query) {
    std::string condition(kListedRows);
    if (!query.search.empty())
        condition += "AND instr(" + std::string(kFolded) + ", $3) > 0 ";
    else
        condition += "AND $3 = '' ";
    if (query.exclusive)
        condition += kNewestOfEach;
    return condition;
}

std::string_view columnOf(HostListOrder order) {
    switch (order) {
    case HostListOrder::path:
        return kFolded;
    case HostListOrder::name:
        return kFoldedName;
    case HostListOrder::version:
        return "version";
    case HostListOrder::size:
        return "size";
    case HostListOrder::stored:
        return "stored_at";
    }
    return "path";
}

std::string orderOf(const HostListQuery& query) {
    std::string order = "ORDER BY CASE WHEN opened_at IS NULL THEN 1 ELSE 0 END, ";
    order += columnOf(query.order);
    order += query.descending ? " DESC, path DESC " : ", path ";
    return order;
}

std::string foldAscii(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

container::ConversionMode modeOf(const store::Row& row, std::size_t column) {
    const auto value = row.get<std::int64_t>(column);
    return value == 1   ? container::ConversionMode::hybrid
           : value == 2 ? container::ConversionMode::doubled
                        : container::ConversionMode::optimized;
}

HostListRow rowOf(const store::Row& row, const AccountId& account) {
    HostListRow item;
    item.path = pathOf(row.get<Bytes>(0));
    item.file = row.get<FileId>(1);
    item.version = row.get<VersionNumber>(2);
    item.organization = row.get<OrganizationId>(3);
    item.owner = row.get<AccountId>(4);
    item.mode = modeOf(row, 5);
    item.size = row.get<std::uint64_t>(6);
    item.storedAt = row.get<TimePoint>(7);
    item.opened = row.get<std::optional<TimePoint>>(8);
    item.own = item.owner == account;
    return item;
}

ItemState stateOf(platform::FileSystem& files, const HostListRow& row) {
    if (row.opened)
        return ItemState::opened;
    auto file = files.open(row.path, platform::Access::read);
    if (!file)
        return file.error().code == ErrorCode::accessDenied ? ItemState::protectedFile : ItemState::missing;
    const auto header = container::readHeader(**file);
    if (!header)
        return ItemState::damaged;
    if (!*header)
        return ItemState::plain;
    return (*header)->identity.file == row.file ? ItemState::protectedFile : ItemState::missing;
}

} // namespace

std::string_view itemStateWord(ItemState state) {
    switch (state) {
    case ItemState::protectedFile:
        return "protected";
    case ItemState::opened:
        return "opened";
    case ItemState::missing:
        return "missing";
    case ItemState::plain:
        return "plain";
    case ItemState::damaged:
        return "damaged";
    }
    return "missing";
}

Result<HostListPage> HostList::list(const HostListQuery& query) {
    const std::string search = foldAscii(query.search);
    const std::string condition = conditionOf(query);
    auto page = database_.store().read([&](store::Transaction& transaction) -> Result<HostListPage> {
        HostListPage found;
        if (const auto total = transaction.one("SELECT COUNT(*) FROM chains " + condition, {account_, kListed, search}))
            found.total = total->get<std::uint64_t>(0);
        for (const auto& row :
             transaction.all(std::string(kColumns) + condition + orderOf(query) + "LIMIT $4 OFFSET $5",
                             {account_, kListed, search, std::min(query.limit, kMostRows), query.offset}))
            found.rows.push_back(rowOf(row, account_));
        return found;
    });
    if (page)
        for (auto& row : page->rows)
            row.state = stateOf(environment_.files, row);
    return page;
}

Result<std::optional<HostListRow>> HostList::at(const platform::Path& path) {
    auto found = database_.store().read([&](store::Transaction& transaction) -> Result<std::optional<HostListRow>> {
        const auto row = transaction.one(std::string(kColumns) + "WHERE account = $1 AND path = $2 AND status = $3",
                                         {account_, pathBytes(path), kListed});
        return row ? std::optional(rowOf(*row, account_)) : std::nullopt;
    });
    if (found && *found)
        (*found)->state = stateOf(environment_.files, **found);
    return found;
}

} // namespace ssprotect::session
