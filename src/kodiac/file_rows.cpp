#include "file_rows.h"

namespace ssprotect::kodiac {

std::optional<FileRow> fileRow(Context& context, const FileId& file) {
    const auto row = context.sql.one("SELECT organization, owner, mode, salt FROM files WHERE id = $1", {file});
    if (!row)
        return std::nullopt;
    return FileRow{row->get<OrganizationId>(0), row->get<AccountId>(1),
                   static_cast<container::ConversionMode>(row->get<int>(2)), row->get<Bytes>(3)};
}

std::optional<VersionRow> versionRow(Context& context, const FileId& file, VersionNumber version) {
    const auto row = context.sql.one(
        "SELECT identity, creator, host, grant_id, state FROM versions WHERE file = $1 AND version = $2",
        {file, version});
    if (!row)
        return std::nullopt;
    return VersionRow{row->get<container::IdentityBytes>(0), row->get<AccountId>(1), row->get<HostId>(2),
                      row->get<std::optional<GrantId>>(3), static_cast<StoreState::State>(row->get<int>(4))};
}

Result<FileRow> authorisedFile(Context& context, const FileId& file) {
    auto row = fileRow(context, file);
    if (!row)
        return makeError(ErrorCode::notFound, "KODiAC knows no file with this id");
    if (row->organization != context.caller.organization)
        return makeError(ErrorCode::foreignFile, "this file belongs to another organization");
    return std::move(*row);
}

} // namespace ssprotect::kodiac
