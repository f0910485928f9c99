#pragma once

#include "fields_people.h"

/// The fields of the messages by which people come into an Organization.
namespace ssprotect::kodiac {

void describe(auto& v, Of<StartRegistration::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("host", m.host);
    v.secret(m.code, kMailedCodeSize);
}
void describe(auto& v, Of<StartRegistration::Response> auto& m) {
    v.field("account", m.account);
    v.field("organization", m.organization);
    v.field("organizationName", m.organizationName, wire::kLongestName);
    v.field("makesRoot", m.makesRoot);
    v.field("root", m.root);
    v.field("passwordRules", m.passwordRules);
}

void describe(auto& v, Of<FinishRegistration::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("host", m.host);
    v.field("hostName", m.hostName, wire::kLongestHostName);
    v.secret(m.code, kMailedCodeSize);
    v.field("keys", m.keys);
    v.field("proof", m.proof);
    v.field("password", m.password);
    v.field("vault", m.vault, kLargestVault);
    v.field("self", m.self);
    v.field("contentKey", m.contentKey);
}
void describe(auto& v, Of<FinishRegistration::FirstSession> auto& m) {
    v.field("session", m.session);
    v.secret(m.hotpSecret, wire::kHotpSecretSize);
}
void describe(auto& v, Of<FinishRegistration::Response> auto& m) {
    v.field("softwareId", m.softwareId, wire::kLongestWord);
    v.field("first", m.first);
}

} // namespace ssprotect::kodiac
