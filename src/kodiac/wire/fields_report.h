#pragma once

#include "fields_common.h"
#include "ssprotect/kodiac/report_operations.h"

/// The fields of the messages about the audit trail.
namespace ssprotect::kodiac {

void describe(auto& v, Of<ListAudit::Row> auto& m) {
    v.field("sequence", m.sequence);
    v.field("at", m.at);
    v.field("account", m.account);
    v.field("host", m.host);
    v.field("proven", m.proven);
    v.field("operation", m.operation, wire::kLongestWord);
    v.field("file", m.file);
    v.field("version", m.version);
    v.field("result", m.result, wire::kLongestWord);
    v.field("reason", m.reason, wire::kLongestMessage);
    v.field("email", m.email, kLongestEmail);
    v.field("hostName", m.hostName, wire::kLongestHostName);
    v.field("subject", m.subject);
    v.field("subjectEmail", m.subjectEmail, kLongestEmail);
}
void describe(auto& v, Of<ListAudit::Request> auto& m) {
    v.field("before", m.before);
    v.field("limit", m.limit);
    v.field("organization", m.organization);
    v.field("account", m.account);
    v.field("file", m.file);
    v.field("from", m.from);
    v.field("to", m.to);
    v.field("operation", m.operation, wire::kLongestWord);
    v.field("result", m.result, wire::kLongestWord);
    v.field("refusals", m.refusals);
}
void describe(auto& v, Of<ListAudit::Response> auto& m) { v.list("rows", m.rows, kMostRowsPerPage); }

void describe(auto& v, Of<ReportDisclosure::Row> auto& m) {
    v.field("file", m.file);
    v.field("version", m.version);
    v.field("first", m.first);
    v.field("last", m.last);
    v.field("opened", m.opened);
    v.field("stored", m.stored);
    v.field("owner", m.owner);
    v.field("ownerEmail", m.ownerEmail, kLongestEmail);
    v.field("keyEpoch", m.keyEpoch);
    v.field("sealedName", m.sealedName, wire::kMostSealedName);
}
void describe(auto& v, Of<ReportDisclosure::Request> auto& m) {
    v.field("account", m.account);
    v.field("host", m.host);
    v.field("days", m.days);
    v.field("afterFile", m.afterFile);
    v.field("afterVersion", m.afterVersion);
    v.field("limit", m.limit);
}
void describe(auto& v, Of<ReportDisclosure::Response> auto& m) { v.list("rows", m.rows, kMostRowsPerPage); }

} // namespace ssprotect::kodiac
