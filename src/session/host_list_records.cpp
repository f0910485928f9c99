#include "host_schema.h"
#include "path_record.h"
#include "ssprotect/session/host_list.h"
#include "ssprotect/store/database.h"

namespace ssprotect::session {
namespace {

constexpr int kSeen = static_cast<int>(ChainStatus::seen);
constexpr int kListed = static_cast<int>(ChainStatus::listed);
constexpr int kReleased = static_cast<int>(ChainStatus::released);

/// Another chain that lay at the path is only remembered.
void leaveToOneChain(store::Transaction& transaction, const AccountId& account, const Bytes& path, const FileId& file) {
    transaction.execute("UPDATE chains SET status = $4, opened_at = NULL "
                        "WHERE account = $1 AND path = $2 AND file <> $3 AND status <> $4",
                        {account, path, file, kSeen});
}

} // namespace

HostList::HostList(HostDatabase& database, const Environment& environment, const AccountId& account)
    : database_(database), environment_(environment), account_(account) {}

HostList::~HostList() = default;

Result<std::optional<vchain::ReleasedRecord>> HostList::releasedAt(const platform::Path& path) {
    return database_.store().read(
        [&](store::Transaction& transaction) -> Result<std::optional<vchain::ReleasedRecord>> {
            const auto row = transaction.one("SELECT file, version, owner, session FROM chains "
                                             "WHERE account = $1 AND path = $2 AND status = $3",
                                             {account_, pathBytes(path), kReleased});
            if (!row)
                return std::optional<vchain::ReleasedRecord>();
            return std::optional(vchain::ReleasedRecord{path.lexically_normal(), row->get<FileId>(0),
                                                        row->get<VersionNumber>(1), row->get<AccountId>(2),
                                                        row->get<kodiac::SessionId>(3)});
        });
}

Result<VersionNumber> HostList::lastSeen(const platform::Path& path, const FileId& file) {
    return database_.store().read([&](store::Transaction& transaction) -> Result<VersionNumber> {
        const auto row = transaction.one("SELECT newest FROM chains WHERE account = $1 AND path = $2 AND file = $3",
                                         {account_, pathBytes(path), file});
        return row ? row->get<VersionNumber>(0) : VersionNumber{0};
    });
}

Status HostList::recordStored(std::span<const vchain::StoredRecord> rows) {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        for (const auto& row : rows) {
            const Bytes path = pathBytes(row.path);
            const container::Identity& identity = row.identity;
            leaveToOneChain(transaction, account_, path, identity.file);
            transaction.execute(
                "INSERT INTO chains (account, path, file, status, version, newest, owner, organization, mode, size, "
                "stored_at) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10) "
                "ON CONFLICT (account, path, file) DO UPDATE SET status = excluded.status, version = excluded.version, "
                "newest = MAX(newest, excluded.newest), owner = excluded.owner, organization = excluded.organization, "
                "mode = excluded.mode, size = excluded.size, stored_at = excluded.stored_at",
                {account_, path, identity.file, kListed, identity.version, identity.owner, identity.organization,
                 static_cast<int>(identity.mode), row.size, identity.storedAt});
        }
        return {};
    });
}

Status HostList::recordReleased(std::span<const vchain::ReleasedRecord> rows) {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        for (const auto& row : rows) {
            const Bytes path = pathBytes(row.path);
            leaveToOneChain(transaction, account_, path, row.file);
            transaction.execute(
                "INSERT INTO chains (account, path, file, status, version, newest, owner, session) "
                "VALUES ($1, $2, $3, $4, $5, $5, $6, $7) ON CONFLICT (account, path, file) DO UPDATE SET "
                "status = excluded.status, version = excluded.version, newest = MAX(newest, excluded.newest), "
                "owner = excluded.owner, session = excluded.session, opened_at = NULL",
                {account_, path, row.file, kReleased, row.version, row.owner, row.session});
        }
        return {};
    });
}

Status HostList::markOpened(const platform::Path& path, bool opened) {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        transaction.execute(
            "UPDATE chains SET opened_at = $3 WHERE account = $1 AND path = $2 AND status = $4",
            {account_, pathBytes(path), opened ? std::optional(transaction.now()) : std::nullopt, kListed});
        return {};
    });
}

Status HostList::clearOpened() {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        transaction.execute("UPDATE chains SET opened_at = NULL WHERE account = $1 AND opened_at IS NOT NULL",
                            {account_});
        return {};
    });
}

} // namespace ssprotect::session
