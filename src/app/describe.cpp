#include "describe.h"

#include "params.h"
#include "ssprotect/base/clock.h"
#include "ssprotect/container/header.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/application_association.h"
#include "ssprotect/platform/code_signature.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

Json sessionJson(const std::optional<session::SessionInfo>& info) {
    Json json{{"state", "logged-out"},
              {"account", nullptr},
              {"organization", nullptr},
              {"profile", nullptr},
              {"signatures_checked", platform::signaturesChecked()}};
    if (!info)
        return json;
    json["state"] = "logged-in";
    json.update(loginJson(*info));
    return json;
}

Json loginJson(const session::SessionInfo& info) {
    return {{"account", info.email},
            {"account_id", info.account.hex()},
            {"email", info.email},
            {"profile", info.profile},
            {"organization", info.organization.hex()},
            {"expires", toIso8601(info.expires)},
            {"keys_exported", info.keysExported},
            {"password_due", info.passwordDue}};
}

Json accountJson(const kodiac::ShowAccount::Response& account) {
    return {{"account", account.email},
            {"account_id", account.account.hex()},
            {"organization", account.organization.hex()},
            {"organization_name", account.organizationName},
            {"email", account.email},
            {"state", account.state},
            {"privilege", account.privilege},
            {"software_id", account.softwareId},
            {"created", toIso8601(account.created)},
            {"keys_exported", account.keysExported},
            {"attributes",
             {{"rel_protections", account.releaseProtections},
              {"int_override", account.integrityOverride},
              {"unsigned_apps", account.unsignedApps},
              {"keep_unchanged", account.keepVersionWhenUnchanged},
              {"no_2nd_factor", account.noSecondFactor},
              {"no_bulk2fa", account.noBulkSecondFactor},
              {"ignore_enh2fa", account.ignoreEnhancedLogin},
              {"split_vchain", account.splitVersionChains},
              {"quota_mb", account.quotaMegabytes},
              {"mode", std::string(container::modeWord(account.mode))}}}};
}

Json openedJson(const std::vector<managed::OpenedDocument>& documents) {
    Json rows = Json::array();
    for (const auto& document : documents) {
        Json row{{"path", ipc::pathToText(document.path)},
                 {"file_id", document.file.hex()},
                 {"version", document.version},
                 {"since", toIso8601(document.since)},
                 {"program", document.program},
                 {"state", std::string(managed::stateWord(document.state))}};
        if (document.problem)
            row["error"] = toJson(*document.problem);
        rows.push_back(std::move(row));
    }
    return {{"opened", std::move(rows)}};
}

Json closedJson(const managed::Closed& closed) {
    Json json{{"path", ipc::pathToText(closed.path)},
              {"file_id", closed.file.hex()},
              {"version", closed.version},
              {"changed", closed.changed},
              {"conflict", nullptr}};
    if (closed.conflict)
        json["conflict"] = ipc::pathToText(*closed.conflict);
    if (closed.deleted)
        json["deleted"] = true;
    for (const auto& path : closed.protectedToo)
        json["protected_too"].push_back(ipc::pathToText(path));
    switch (closed.result) {
    case managed::Closed::Result::stored:
        json["state"] = "protected";
        break;
    case managed::Closed::Result::unchanged:
        json["state"] = "unchanged";
        break;
    case managed::Closed::Result::pending:
        json["state"] = "pending";
        break;
    }
    return json;
}

Json auditJson(const std::vector<kodiac::ListAudit::Row>& rows) {
    Json list = Json::array();
    for (const auto& row : rows)
        list.push_back({{"sequence", row.sequence},
                        {"at", toIso8601(row.at)},
                        {"account_id", row.account.hex()},
                        {"host_id", row.host.hex()},
                        {"proven", row.proven},
                        {"operation", row.operation},
                        {"file_id", row.file ? Json(row.file->hex()) : Json(nullptr)},
                        {"version", row.version},
                        {"result", row.result},
                        {"reason", row.reason}});
    return {{"audit", std::move(list)}};
}

} // namespace ssprotect::app
