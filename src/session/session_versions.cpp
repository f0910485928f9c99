#include "path_record.h"
#include "session_state.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/session/session.h"

namespace ssprotect::session {
namespace {

std::string shownName(const KeyRing& ring, ByteView sealed, const FileId& file, const kodiac::ListVersions::Row& row,
                      std::string_view field) {
    const auto name = ring.openName(sealed, row.keyEpoch, file, row.version, field);
    return name ? ipc::pathToText(pathOf(viewOf(*name))) : std::string();
}

VersionRow rowOf(const KeyRing& ring, const FileId& file, const kodiac::ListVersions::Row& row) {
    VersionRow shown;
    shown.version = row.version;
    shown.created = row.created;
    shown.creator = row.creator;
    shown.creatorEmail = row.creatorEmail;
    shown.name = shownName(ring, row.sealedName, file, row, kNameField);
    shown.path = shownName(ring, row.sealedPath, file, row, kPathField);
    shown.size = row.size;
    shown.mode = row.mode;
    shown.restorable = row.restorable;
    shown.reason = row.reason;
    return shown;
}

DisclosureRow shownRow(const KeyRing& ring, kodiac::ReportDisclosure::Row row) {
    DisclosureRow shown;
    if (!row.sealedName.empty())
        if (const auto name = ring.openName(row.sealedName, row.keyEpoch, row.file, row.version, kNameField))
            shown.name = ipc::pathToText(pathOf(viewOf(*name)));
    shown.version = std::move(row);
    return shown;
}

} // namespace

Result<std::vector<DisclosureRow>> Session::disclosure(const kodiac::ReportDisclosure::Request& wanted) {
    if (auto live = state_->requireLive(); !live)
        return std::move(live).error();
    auto response = state_->call<kodiac::ReportDisclosure>(wanted);
    if (!response)
        return std::move(response).error();
    std::vector<DisclosureRow> shown;
    for (auto& row : response->rows)
        shown.push_back(shownRow(state_->ring, std::move(row)));
    return shown;
}

Result<VersionPage> Session::versions(const FileId& file, VersionNumber before, std::uint32_t limit) {
    if (auto live = state_->requireLive(); !live)
        return std::move(live).error();
    auto response = state_->call<kodiac::ListVersions>({file, before, std::min(limit, kodiac::kMostRowsPerPage)});
    if (!response)
        return std::move(response).error();
    VersionPage page{file, response->owner, {}};
    for (const auto& row : response->versions)
        page.versions.push_back(rowOf(state_->ring, file, row));
    return page;
}

} // namespace ssprotect::session
