#include "ssprotect/session/host_list.h"

#include "path_record.h"
#include "ssprotect/container/container.h"
#include "ssprotect/store/database.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

constexpr std::uint32_t kMostRows = 1000;

constexpr std::string_view kColumns = "SELECT h.path, h.file, h.version, h.organization, h.owner, h.mode, h.size, "
                                      "h.stored_at, h.opened_at FROM hostlist h ";
// Copies of one chain: the highest version stands for all, among equals the first path.
constexpr std::string_view kNewestOfChain =
    "AND NOT EXISTS (SELECT 1 FROM hostlist n WHERE n.account = h.account AND n.file = h.file AND "
    "(n.version > h.version OR (n.version = h.version AND n.path < h.path))) ";

std::string conditionOf(const HostListQuery& query) {
    std::string condition = "WHERE h.account = $1 AND instr(h.folded_path, $2) > 0 ";
    if (query.exclusive)
        condition += kNewestOfChain;
    return condition;
}

std::string_view columnOf(HostListOrder order) {
    switch (order) {
    case HostListOrder::path:
        return "h.folded_path";
    case HostListOrder::name:
        return "h.folded_name";
    case HostListOrder::version:
        return "h.version";
    case HostListOrder::size:
        return "h.size";
    case HostListOrder::stored:
        return "h.stored_at";
    }
    return "h.path";
}

std::string orderOf(const HostListQuery& query) {
    std::string order = "ORDER BY CASE WHEN h.opened_at IS NULL THEN 1 ELSE 0 END, ";
    order += columnOf(query.order);
    order += query.descending ? " DESC, h.path DESC " : ", h.path ";
    return order;
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
    const Bytes search = foldAscii(viewOf(query.search));
    const std::string condition = conditionOf(query);
    auto page = database_.store().read([&](store::Transaction& transaction) -> Result<HostListPage> {
        HostListPage found;
        if (const auto total = transaction.one("SELECT COUNT(*) FROM hostlist h " + condition, {account_, search}))
            found.total = total->get<std::uint64_t>(0);
        for (const auto& row :
             transaction.all(std::string(kColumns) + condition + orderOf(query) + "LIMIT $3 OFFSET $4",
                             {account_, search, std::min(query.limit, kMostRows), query.offset}))
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
        const auto row = transaction.one(std::string(kColumns) + "WHERE h.account = $1 AND h.path = $2",
                                         {account_, pathBytes(path)});
        return row ? std::optional(rowOf(*row, account_)) : std::nullopt;
    });
    if (found && *found)
        (*found)->state = stateOf(environment_.files, **found);
    return found;
}

} // namespace ssprotect::session
