#pragma once

#include "fields_common.h"
#include "ssprotect/kodiac/lock_operations.h"

/// The fields of the messages about edit locks and news.
namespace ssprotect::kodiac {

void describe(auto& v, Of<LockView> auto& m) {
    v.field("name", m.name);
    v.field("held", m.held);
    v.field("epoch", m.epoch);
    v.field("holder", m.holder, kLongestEmail);
    v.field("expires", m.expires);
    v.field("waiting", m.waiting);
    v.field("position", m.position);
}

void describe(auto&, Of<LockStatus::Request> auto&) {}
void describe(auto& v, Of<LockStatus::Response> auto& m) { v.list("locks", m.locks, wire::kMostEditLocks); }

void describe(auto& v, Of<RequestLock::Request> auto& m) {
    v.field("name", m.name);
    v.field("wait", m.wait);
}
void describe(auto& v, Of<RequestLock::Response> auto& m) { v.field("lock", m.lock); }

void describe(auto& v, Of<ForceLock::Request> auto& m) { v.field("name", m.name); }
void describe(auto& v, Of<ForceLock::Response> auto& m) { v.field("lock", m.lock); }

void describe(auto& v, Of<RenewLock::Request> auto& m) { v.field("name", m.name); }
void describe(auto& v, Of<RenewLock::Response> auto& m) { v.field("lock", m.lock); }

void describe(auto& v, Of<ReleaseLock::Request> auto& m) { v.field("name", m.name); }
void describe(auto&, Of<ReleaseLock::Response> auto&) {}

void describe(auto& v, Of<ListEvents::Row> auto& m) {
    v.field("sequence", m.sequence);
    v.field("at", m.at);
    v.field("kind", m.kind, wire::kLongestWord);
    v.field("subject", m.subject, wire::kLongestName);
    v.field("account", m.account);
}
void describe(auto& v, Of<ListEvents::Request> auto& m) {
    v.field("after", m.after);
    v.field("waitSeconds", m.waitSeconds);
    v.field("limit", m.limit);
}
void describe(auto& v, Of<ListEvents::Response> auto& m) {
    v.list("rows", m.rows, kMostRowsPerPage);
    v.field("newest", m.newest);
    v.field("missed", m.missed);
}

} // namespace ssprotect::kodiac
