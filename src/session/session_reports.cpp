#include "path_record.h"
#include "session_state.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/session/session.h"

namespace ssprotect::session {

Result<std::vector<Session::Disclosed>> Session::disclosure(const kodiac::ReportDisclosure::Request& request) {
    if (auto live = state_->requireLive(); !live)
        return std::move(live).error();
    auto response = state_->call<kodiac::ReportDisclosure>(request);
    if (!response)
        return std::move(response).error();
    std::vector<Disclosed> rows;
    for (auto& row : response->rows) {
        const auto name = state_->ring.openName(row.sealedName, row.keyEpoch, row.file, row.version, kNameField);
        Disclosed shown{std::move(row), {}};
        if (name)
            shown.name = ipc::pathToText(pathOf(viewOf(*name)));
        rows.push_back(std::move(shown));
    }
    return rows;
}

} // namespace ssprotect::session
