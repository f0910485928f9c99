#pragma once

#include "fields_common.h"

/// The fields of the messages about files.
namespace ssprotect::kodiac {

void describe(auto& v, Of<ItemOutcome> auto& m) { v.field("error", m.error); }

void describe(auto& v, Of<BeginStore::Item> auto& m) {
    v.field("chain", m.chain);
    v.field("grant", m.grant);
}
void describe(auto& v, Of<BeginStore::Begun> auto& m) {
    v.field("error", m.error);
    v.field("identity", m.identity);
    v.secretOrEmpty(m.share, wire::kShareSize);
}
void describe(auto& v, Of<BeginStore::Request> auto& m) { v.list("items", m.items, kMostFilesPerCall); }
void describe(auto& v, Of<BeginStore::Response> auto& m) { v.list("items", m.items, kMostFilesPerCall); }

void describe(auto& v, Of<CommitStore::Item> auto& m) {
    v.field("file", m.file);
    v.field("version", m.version);
    v.field("size", m.size);
    v.field("digest", m.digest);
    v.field("signature", m.signature);
    v.field("sealedName", m.sealedName, wire::kMostSealedName);
    v.field("sealedPath", m.sealedPath, wire::kMostSealedPath);
}
void describe(auto& v, Of<CommitStore::Abandoned> auto& m) {
    v.field("file", m.file);
    v.field("version", m.version);
    v.field("reason", m.reason, wire::kLongestWord);
}
void describe(auto& v, Of<CommitStore::Request> auto& m) {
    v.list("items", m.items, kMostFilesPerCall);
    v.list("abandoned", m.abandoned, kMostFilesPerCall);
}
void describe(auto& v, Of<CommitStore::Response> auto& m) { v.list("items", m.items, kMostFilesPerCall); }

void describe(auto& v, Of<OpenVersion::Item> auto& m) {
    v.field("identity", m.identity);
    v.field("lastSeen", m.lastSeen);
    v.field("purpose", m.purpose);
}
void describe(auto& v, Of<OpenVersion::Opened> auto& m) {
    v.field("error", m.error);
    v.secretOrEmpty(m.share, wire::kShareSize);
    v.field("digest", m.digest);
    v.field("creator", m.creator);
    v.field("creatorKey", m.creatorKey);
    v.field("latest", m.latest);
    v.field("grant", m.grant);
}
void describe(auto& v, Of<OpenVersion::Request> auto& m) { v.list("items", m.items, kMostFilesPerCall); }
void describe(auto& v, Of<OpenVersion::Response> auto& m) { v.list("items", m.items, kMostFilesPerCall); }

void describe(auto& v, Of<ListVersions::Row> auto& m) {
    v.field("version", m.version);
    v.field("created", m.created);
    v.field("creator", m.creator);
    v.field("creatorEmail", m.creatorEmail, kLongestEmail);
    v.field("size", m.size);
    v.field("mode", m.mode);
    v.field("keyEpoch", m.keyEpoch);
    v.field("restorable", m.restorable);
    v.field("reason", m.reason, wire::kLongestMessage);
    v.field("sealedName", m.sealedName, wire::kMostSealedName);
    v.field("sealedPath", m.sealedPath, wire::kMostSealedPath);
}
void describe(auto& v, Of<ListVersions::Request> auto& m) {
    v.field("file", m.file);
    v.field("before", m.before);
    v.field("limit", m.limit);
}
void describe(auto& v, Of<ListVersions::Response> auto& m) {
    v.field("owner", m.owner);
    v.list("versions", m.versions, kMostRowsPerPage);
}

void describe(auto& v, Of<StoreState::Item> auto& m) {
    v.field("file", m.file);
    v.field("version", m.version);
}
void describe(auto& v, Of<StoreState::Request> auto& m) { v.list("items", m.items, kMostFilesPerCall); }
void describe(auto& v, Of<StoreState::Response> auto& m) { v.list("items", m.items, kMostFilesPerCall); }

} // namespace ssprotect::kodiac
