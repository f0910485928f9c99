#pragma once

#include "ssprotect/base/json.h"
#include "ssprotect/kodiac/report_operations.h"
#include "ssprotect/managed/opened_document.h"
#include "ssprotect/session/session.h"

#include <optional>
#include <vector>

/// The JSON forms of what the methods answer; keys are those of the command line's contract.
namespace ssprotect::app {

/// The `session` object of `status`; none: logged out.
Json sessionJson(const std::optional<session::SessionInfo>& info);
/// Of `login`, `refresh`, `keys.import`.
Json loginJson(const session::SessionInfo& info);
Json accountJson(const kodiac::ShowAccount::Response& account);
Json openedJson(const std::vector<managed::OpenedDocument>& documents);
/// Of `open` and `finish`.
Json closedJson(const managed::Closed& closed);
Json auditJson(const std::vector<kodiac::ListAudit::Row>& rows);

} // namespace ssprotect::app
