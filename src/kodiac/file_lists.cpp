#include "file_rows.h"
#include "handlers.h"
#include "ssprotect/kodiac/wire.h"

#include <algorithm>
#include <limits>

namespace ssprotect::kodiac {
namespace {

ListVersions::Row versionOf(const store::Row& row) {
    ListVersions::Row version;
    version.version = row.get<VersionNumber>(0);
    version.creator = row.get<AccountId>(2);
    version.creatorEmail = row.get<std::optional<std::string>>(3).value_or("");
    version.size = row.get<std::uint64_t>(4);
    version.sealedName = row.get<Bytes>(5);
    version.sealedPath = row.get<Bytes>(6);
    if (const auto identity = container::Identity::parse(row.get<container::IdentityBytes>(1))) {
        version.created = identity->storedAt;
        version.mode = identity->mode;
        version.keyEpoch = identity->keyEpoch;
    }
    version.reason = "Optimized: KODiAC keeps the key share of this version, not its content";
    return version;
}

} // namespace

Result<ListVersions::Response> execute(Context& context, const ListVersions::Request& request) {
    auto file = authorisedFile(context, request.file);
    if (!file)
        return std::move(file).error();
    const VersionNumber before = request.before == 0 ? std::numeric_limits<VersionNumber>::max() : request.before;
    ListVersions::Response response;
    response.owner = file->owner;
    for (const auto& row : context.sql.all(
             "SELECT v.version, v.identity, v.creator, a.email, v.size, v.sealed_name, v.sealed_path "
             "FROM versions v LEFT JOIN accounts a ON a.id = v.creator "
             "WHERE v.file = $1 AND v.state = $2 AND v.version < $3 ORDER BY v.version DESC LIMIT $4",
             {request.file, numberOf(StoreState::State::committed), before, std::min(request.limit, kMostRowsPerPage)}))
        response.versions.push_back(versionOf(row));
    context.notes.push_back(noteOf(request.file, 0, std::nullopt));
    return response;
}

Result<StoreState::Response> execute(Context& context, const StoreState::Request& request) {
    std::vector<VersionKey> keys;
    for (const auto& item : request.items)
        keys.emplace_back(item.file, item.version);
    const VersionRows rows = versionRows(context, keys);
    StoreState::Response response;
    for (const auto& key : keys) {
        const auto row = rows.find(key);
        // Another organization's numbers are none of the caller's business.
        const bool own = row != rows.end() && row->second.creator == context.caller.account;
        response.items.push_back(own ? row->second.state : StoreState::State::unknown);
    }
    return response;
}

} // namespace ssprotect::kodiac
