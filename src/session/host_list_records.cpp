#include "path_record.h"
#include "ssprotect/session/host_list.h"
#include "ssprotect/store/database.h"

namespace ssprotect::session {

HostList::HostList(HostDatabase& database, const Environment& environment, const AccountId& account)
    : database_(database), environment_(environment), account_(account) {}

HostList::~HostList() = default;

Result<std::optional<vchain::ReleasedRecord>> HostList::releasedAt(const platform::Path& path) {
    return database_.store().read(
        [&](store::Transaction& transaction) -> Result<std::optional<vchain::ReleasedRecord>> {
            const auto row =
                transaction.one("SELECT file, version, owner, session FROM released WHERE account = $1 AND path = $2",
                                {account_, pathBytes(path)});
            if (!row)
                return std::optional<vchain::ReleasedRecord>();
            return std::optional(vchain::ReleasedRecord{path.lexically_normal(), row->get<FileId>(0),
                                                        row->get<VersionNumber>(1), row->get<AccountId>(2),
                                                        row->get<kodiac::SessionId>(3)});
        });
}

Result<VersionNumber> HostList::lastSeen(const platform::Path& path, const FileId& file) {
    return database_.store().read([&](store::Transaction& transaction) -> Result<VersionNumber> {
        const auto row = transaction.one("SELECT version FROM seen WHERE account = $1 AND path = $2 AND file = $3",
                                         {account_, pathBytes(path), file});
        return row ? row->get<VersionNumber>(0) : VersionNumber{0};
    });
}

Status HostList::recordStored(std::span<const vchain::StoredRecord> rows) {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        for (const auto& row : rows) {
            const PathRecord path = recordOf(row.path);
            const container::Identity& identity = row.identity;
            transaction.execute(
                "INSERT INTO hostlist (account, path, folded_path, folded_name, file, version, organization, owner, "
                "mode, size, stored_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
                "ON CONFLICT (account, path) DO UPDATE SET file = excluded.file, version = excluded.version, "
                "organization = excluded.organization, owner = excluded.owner, mode = excluded.mode, "
                "size = excluded.size, stored_at = excluded.stored_at",
                {account_, path.path, path.foldedPath, path.foldedName, identity.file, identity.version,
                 identity.organization, identity.owner, static_cast<int>(identity.mode), row.size, identity.storedAt});
            transaction.execute("DELETE FROM released WHERE account = $1 AND path = $2", {account_, path.path});
            transaction.execute("INSERT INTO seen (account, path, file, version) VALUES ($1, $2, $3, $4) "
                                "ON CONFLICT (account, path, file) DO UPDATE SET version = excluded.version "
                                "WHERE seen.version < excluded.version",
                                {account_, path.path, identity.file, identity.version});
        }
        return {};
    });
}

Status HostList::recordReleased(std::span<const vchain::ReleasedRecord> rows) {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        for (const auto& row : rows) {
            const Bytes path = pathBytes(row.path);
            transaction.execute("DELETE FROM hostlist WHERE account = $1 AND path = $2", {account_, path});
            transaction.execute("INSERT INTO released (account, path, file, version, owner, session) "
                                "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account, path) DO UPDATE SET "
                                "file = excluded.file, version = excluded.version, owner = excluded.owner, "
                                "session = excluded.session",
                                {account_, path, row.file, row.version, row.owner, row.session});
        }
        return {};
    });
}

Status HostList::markOpened(const platform::Path& path, bool opened) {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        transaction.execute("UPDATE hostlist SET opened_at = $3 WHERE account = $1 AND path = $2",
                            {account_, pathBytes(path), opened ? std::optional(transaction.now()) : std::nullopt});
        return {};
    });
}

Status HostList::clearOpened() {
    return database_.store().write([&](store::Transaction& transaction) -> Status {
        transaction.execute("UPDATE hostlist SET opened_at = NULL WHERE account = $1", {account_});
        return {};
    });
}

} // namespace ssprotect::session
