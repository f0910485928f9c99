#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::kodiac {

struct Context;

/// What an operation did to single files: one row of the audit trail each.
struct AuditNote {
    FileId file;
    VersionNumber version = 0;
    std::string result = "ok"; ///< or an error word
    std::string reason;
    AccountId subject{}; ///< whom it was done to; null: Context::subject
};
/// The reason of rows for a reply that had been lost.
constexpr std::string_view kAskedAgain = "the reply was asked for again";
using AuditNotes = std::vector<AuditNote>;

AuditNote noteOf(const FileId& file, VersionNumber version, const std::optional<Error>& error);

/// REP-1: the rows of one operation, in its own transaction. A refusal is one row.
void recordAudit(Context& context, std::string_view operation, const std::optional<Error>& refusal);

} // namespace ssprotect::kodiac
