#include "file_rows.h"

namespace ssprotect::kodiac {

FileRows fileRows(Context& context, std::span<const FileId> files) {
    store::ValueRows wanted(1);
    for (const FileId& file : files)
        wanted.add({file});
    FileRows found;
    for (const auto& row : context.sql.allFor("SELECT f.id, f.organization, f.owner, f.mode, f.salt "
                                              "FROM (VALUES ($1)) AS w JOIN files f ON f.id = w.column1",
                                              {}, wanted))
        found[row.get<FileId>(0)] = FileRow{row.get<OrganizationId>(1), row.get<AccountId>(2),
                                            static_cast<container::ConversionMode>(row.get<int>(3)), row.get<Bytes>(4)};
    return found;
}

VersionRows versionRows(Context& context, std::span<const VersionKey> versions) {
    store::ValueRows wanted(2);
    for (const auto& [file, version] : versions)
        wanted.add({file, version});
    VersionRows found;
    for (const auto& row : context.sql.allFor("SELECT v.file, v.version, v.creator, v.host, v.grant_id, v.state "
                                              "FROM (VALUES ($1, $2)) AS w "
                                              "JOIN versions v ON v.file = w.column1 AND v.version = w.column2",
                                              {}, wanted))
        found[{row.get<FileId>(0), row.get<VersionNumber>(1)}] =
            VersionRow{row.get<AccountId>(2), row.get<HostId>(3), row.get<std::optional<GrantId>>(4),
                       static_cast<StoreState::State>(row.get<int>(5))};
    return found;
}

Result<FileRow> authorisedFile(const Context& context, const FileRows& rows, const FileId& file) {
    const auto row = rows.find(file);
    if (row == rows.end())
        return makeError(ErrorCode::notFound, "KODiAC knows no file with this id");
    if (row->second.organization != context.caller.organization)
        return makeError(ErrorCode::foreignFile, "this file belongs to another organization");
    return row->second;
}

Result<FileRow> authorisedFile(Context& context, const FileId& file) {
    return authorisedFile(context, fileRows(context, {&file, 1}), file);
}

} // namespace ssprotect::kodiac
