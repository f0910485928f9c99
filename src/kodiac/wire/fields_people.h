#pragma once

#include "fields_common.h"
#include "ssprotect/kodiac/registration_operations.h"
#include "ssprotect/kodiac/user_operations.h"

/// The fields of the records about people, and of the messages that list, make and edit accounts. A `LockEpoch` is an
/// optional field "lock".
namespace ssprotect::kodiac {

template <class T>
concept OfAttributes = Of<T, AccountAttributes> || Of<T, AttributeChanges>;

/// All of them, or those that change.
void describe(auto& v, OfAttributes auto& m) {
    v.field("disabled", m.disabled);
    v.field("delegate", m.delegate);
    v.field("integrityOverride", m.integrityOverride);
    v.field("unsignedApps", m.unsignedApps);
    v.field("releaseProtections", m.releaseProtections);
    v.field("ignoreEnhancedLogin", m.ignoreEnhancedLogin);
    v.field("noBulkSecondFactor", m.noBulkSecondFactor);
    v.field("noSecondFactor", m.noSecondFactor);
    v.field("splitVersionChains", m.splitVersionChains);
    v.field("recover", m.recover);
    v.field("doubleConversion", m.doubleConversion);
    v.field("quotaMegabytes", m.quotaMegabytes);
}

void describe(auto& v, Of<PasswordRules> auto& m) {
    v.field("leastLength", m.leastLength);
    v.field("leastClasses", m.leastClasses);
    v.field("mostDays", m.mostDays);
    v.field("history", m.history);
}

void describe(auto& v, Of<MailState> auto& m) {
    v.field("state", m.state, wire::kLongestWord);
    v.field("attempts", m.attempts);
    v.field("error", m.error, wire::kLongestMessage);
    v.field("changed", m.changed);
}

void describe(auto& v, Of<ListUsers::Row> auto& m) {
    v.field("account", m.account);
    v.field("email", m.email, kLongestEmail);
    v.field("state", m.state);
    v.field("privilege", m.privilege);
    v.field("attributes", m.attributes);
    v.field("softwareId", m.softwareId, wire::kLongestWord);
    v.field("keys", m.keys);
    v.field("usedMegabytes", m.usedMegabytes);
    v.field("signedUp", m.signedUp);
    v.field("compared", m.compared);
    v.field("created", m.created);
    v.field("validated", m.validated);
    v.field("validatedBy", m.validatedBy, kLongestEmail);
    v.field("codeExpires", m.codeExpires);
    v.field("mail", m.mail);
    v.field("hosts", m.hosts);
}

void describe(auto& v, Of<ListUsers::Request> auto& m) {
    v.field("after", m.after, kLongestEmail);
    v.field("limit", m.limit);
    v.field("email", m.email, kLongestEmail);
}
void describe(auto& v, Of<ListUsers::Response> auto& m) {
    v.list("rows", m.rows, kMostRowsPerPage);
    v.field("next", m.next, kLongestEmail);
    v.field("organizationName", m.organizationName, wire::kLongestName);
    v.field("seatsUsed", m.seatsUsed);
    v.field("seats", m.seats);
    v.field("quotaMegabytes", m.quotaMegabytes);
    v.field("quotaAvailable", m.quotaAvailable);
    v.field("rotationPending", m.rotationPending);
}

void describe(auto& v, Of<NewUser::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("attributes", m.attributes);
    v.field("lock", m.lock);
}
void describe(auto& v, Of<NewUser::Response> auto& m) {
    v.field("account", m.account);
    v.field("attributes", m.attributes);
}

void describe(auto& v, Of<EditUsers::Edit> auto& m) {
    v.field("account", m.account);
    v.field("changes", m.changes);
    v.field("delegate", m.delegate);
    v.list("resigned", m.resigned, wire::kMostMembers);
}
void describe(auto& v, Of<EditUsers::Added> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("attributes", m.attributes);
}
void describe(auto& v, Of<EditUsers::Request> auto& m) {
    v.list("edits", m.edits, kMostSavedAtOnce);
    v.list("added", m.added, kMostSavedAtOnce);
    v.field("lock", m.lock);
}
void describe(auto&, Of<EditUsers::Response> auto&) {}

void describe(auto& v, Of<ResendCode::Request> auto& m) { v.field("account", m.account); }
void describe(auto&, Of<ResendCode::Response> auto&) {}

void describe(auto& v, Of<ResetEnhancedLogin::Request> auto& m) { v.field("account", m.account); }
void describe(auto&, Of<ResetEnhancedLogin::Response> auto&) {}

void describe(auto& v, Of<RequestSignUp::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("organizationName", m.organizationName, wire::kLongestName);
    v.field("host", m.host);
}
void describe(auto&, Of<RequestSignUp::Response> auto&) {}

} // namespace ssprotect::kodiac
