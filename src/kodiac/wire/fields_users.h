#pragma once

#include "fields_people.h"

/// The fields of the messages that move accounts through their states, and of what goes with it for the
/// Organization's keys.
namespace ssprotect::kodiac {

void describe(auto& v, Of<ValidateUser::Request> auto& m) {
    v.field("statement", m.statement);
    v.field("delegate", m.delegate);
    v.list("contentKeys", m.contentKeys, wire::kMostContentKeys);
    v.field("compared", m.compared);
    v.field("lock", m.lock);
}
void describe(auto&, Of<ValidateUser::Response> auto&) {}

void describe(auto& v, Of<DismissUser::Request> auto& m) {
    v.field("account", m.account);
    v.field("lock", m.lock);
}
void describe(auto&, Of<DismissUser::Response> auto&) {}

void describe(auto& v, Of<RemoveUser::Request> auto& m) {
    v.field("account", m.account);
    v.list("resigned", m.resigned, wire::kMostMembers);
    v.field("lock", m.lock);
}
void describe(auto&, Of<RemoveUser::Response> auto&) {}

void describe(auto& v, Of<ResetUserPassword::Request> auto& m) {
    v.field("account", m.account);
    v.list("resigned", m.resigned, wire::kMostMembers);
}
void describe(auto&, Of<ResetUserPassword::Response> auto&) {}

void describe(auto& v, Of<TransferAdministrator::Request> auto& m) {
    v.field("transfer", m.transfer);
    v.field("giver", m.giver);
    v.field("lock", m.lock);
}
void describe(auto&, Of<TransferAdministrator::Response> auto&) {}

void describe(auto& v, Of<RotateContentKey::Envelope> auto& m) {
    v.field("account", m.account);
    v.field("key", m.key);
}
void describe(auto& v, Of<RotateContentKey::Request> auto& m) {
    v.field("epoch", m.epoch);
    v.list("envelopes", m.envelopes, wire::kMostMembers);
}
void describe(auto&, Of<RotateContentKey::Response> auto&) {}

} // namespace ssprotect::kodiac
