#pragma once

#include "fields_common.h"
#include "ssprotect/kodiac/host_operations.h"
#include "ssprotect/kodiac/user_operations.h"

/// The fields of the messages about hosts, their second factors and profiles.
namespace ssprotect::kodiac {

void describe(auto& v, Of<RequestHost::Request> auto& m) { v.field("agreement", m.agreement); }
void describe(auto&, Of<RequestHost::Response> auto&) {}

void describe(auto&, Of<HostApproval::Request> auto&) {}
void describe(auto& v, Of<HostApproval::Response> auto& m) {
    v.field("approved", m.approved);
    v.field("encapsulated", m.encapsulated);
    v.field("ciphertext", m.ciphertext, wire::kMostEnvelopeBytes);
}

void describe(auto& v, Of<ListHosts::Row> auto& m) {
    v.field("host", m.host);
    v.field("name", m.name, wire::kLongestHostName);
    v.field("enrolled", m.enrolled);
    v.field("oath", m.oath);
    v.field("asks", m.asks);
}
void describe(auto&, Of<ListHosts::Request> auto&) {}
void describe(auto& v, Of<ListHosts::Response> auto& m) { v.list("rows", m.rows, wire::kMostHosts); }

void describe(auto& v, Of<ApproveHost::Request> auto& m) {
    v.field("host", m.host);
    v.field("agreement", m.agreement);
    v.field("encapsulated", m.encapsulated);
    v.field("ciphertext", m.ciphertext, wire::kMostEnvelopeBytes);
}
void describe(auto&, Of<ApproveHost::Response> auto&) {}

void describe(auto& v, Of<RemoveHost::Request> auto& m) { v.field("host", m.host); }
void describe(auto&, Of<RemoveHost::Response> auto&) {}

void describe(auto& v, Of<PermitSync::Request> auto& m) { v.field("account", m.account); }
void describe(auto&, Of<PermitSync::Response> auto&) {}

void describe(auto& v, Of<SyncSecondFactor::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("host", m.host);
    v.field("counter", m.counter);
    v.field("code", m.code, wire::kLongestWord);
    v.field("nextCode", m.nextCode, wire::kLongestWord);
}
void describe(auto& v, Of<SyncSecondFactor::Response> auto& m) { v.field("nextCounter", m.nextCounter); }

void describe(auto& v, Of<UseOathToken::Request> auto& m) {
    v.secretBetween(m.secret, kLeastOathSecret, kMostOathSecret);
    v.field("digits", m.digits);
    v.field("firstCounter", m.firstCounter);
    v.field("code", m.code, wire::kLongestWord);
}
void describe(auto&, Of<UseOathToken::Response> auto&) {}

void describe(auto& v, Of<DeployedProfile> auto& m) {
    v.field("name", m.name, wire::kLongestName);
    v.field("email", m.email, kLongestEmail);
    v.list("servers", m.servers, kMostServers);
    v.list("pins", m.pins, kMostPins);
}

void describe(auto&, Of<ListProfiles::Request> auto&) {}
void describe(auto& v, Of<ListProfiles::Response> auto& m) { v.list("profiles", m.profiles, kMostProfiles); }

void describe(auto& v, Of<DeployProfile::Request> auto& m) { v.field("profile", m.profile); }
void describe(auto&, Of<DeployProfile::Response> auto&) {}

void describe(auto& v, Of<WithdrawProfile::Request> auto& m) { v.field("name", m.name, wire::kLongestName); }
void describe(auto&, Of<WithdrawProfile::Response> auto&) {}

} // namespace ssprotect::kodiac
