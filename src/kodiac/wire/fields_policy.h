#pragma once

#include "fields_people.h"
#include "ssprotect/kodiac/policy_operations.h"

/// The fields of the messages about an Organization's policies.
namespace ssprotect::kodiac {

void describe(auto& v, Of<SignUpRules> auto& m) {
    v.field("allowed", m.allowed);
    v.field("mostTotal", m.mostTotal);
    v.field("mostPending", m.mostPending);
}

void describe(auto&, Of<ShowPolicy::Request> auto&) {}
void describe(auto& v, Of<ShowPolicy::Response> auto& m) {
    v.field("organizationName", m.organizationName, wire::kLongestName);
    v.field("signUp", m.signUp);
    v.field("password", m.password);
    v.field("token", m.token);
    v.field("enhancedLogin", m.enhancedLogin);
    v.field("splitVersionChains", m.splitVersionChains);
    v.field("moveSplits", m.moveSplits);
    v.field("retainVersions", m.retainVersions);
    v.field("recover", m.recover);
    v.field("quotaMegabytes", m.quotaMegabytes);
    v.field("seats", m.seats);
    v.field("seatsUsed", m.seatsUsed);
    v.field("quotaAvailable", m.quotaAvailable);
}

void describe(auto& v, Of<SetPolicy::Request> auto& m) {
    v.field("signUp", m.signUp);
    v.field("password", m.password);
    v.field("changePasswordsNow", m.changePasswordsNow);
    v.field("token", m.token);
    v.field("splitVersionChains", m.splitVersionChains);
    v.field("moveSplits", m.moveSplits);
    v.field("retainVersions", m.retainVersions);
    v.field("lock", m.lock);
}
void describe(auto&, Of<SetPolicy::Response> auto&) {}

} // namespace ssprotect::kodiac
