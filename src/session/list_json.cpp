#include "ssprotect/base/clock.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/session/host_list.h"
#include "ssprotect/session/version_list.h"

#include <nlohmann/json.hpp>

namespace ssprotect::session {

Json toJson(const HostListPage& page) {
    Json rows = Json::array();
    for (const auto& row : page.rows)
        rows.push_back({{"path", ipc::pathToText(row.path)},
                        {"file_id", row.file.hex()},
                        {"version", row.version},
                        {"state", itemStateWord(row.state)},
                        {"ownership", row.own ? "own" : "shared"},
                        {"mode", container::modeWord(row.mode)},
                        {"size", row.size},
                        {"opened", row.opened.has_value()}});
    return {{"hostlist", std::move(rows)}, {"total", page.total}};
}

Json toJson(const VersionPage& page) {
    Json rows = Json::array();
    for (const auto& row : page.versions)
        rows.push_back({{"version", row.version},
                        {"created", toIso8601(row.created)},
                        {"creator", row.creatorEmail},
                        {"name", row.name},
                        {"size", row.size},
                        {"mode", container::modeWord(row.mode)},
                        {"restorable", row.restorable},
                        {"reason", row.reason}});
    return {{"file_id", page.file.hex()}, {"versions", std::move(rows)}};
}

} // namespace ssprotect::session
