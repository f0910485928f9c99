#pragma once

#include "fields_common.h"

/// The fields of the messages about accounts, logins and sessions.
namespace ssprotect::kodiac {

void describe(auto& v, Of<CreateIndividual::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("account", m.account);
    v.field("organization", m.organization);
    v.field("host", m.host);
    v.field("hostName", m.hostName, wire::kLongestHostName);
    v.field("self", m.self);
    v.field("password", m.password);
    v.field("vault", m.vault, kLargestVault);
    v.field("contentKey", m.contentKey);
}

void describe(auto& v, Of<CreateIndividual::Response> auto& m) {
    v.field("session", m.session);
    v.secret(m.hotpSecret, wire::kHotpSecretSize);
    v.field("softwareId", m.softwareId, wire::kLongestWord);
}

void describe(auto& v, Of<StartLogin::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("host", m.host);
    v.sized("clientNonce", m.clientNonce, wire::kNonceSize);
}

void describe(auto& v, Of<StartLogin::Response> auto& m) {
    v.field("account", m.account);
    v.field("derivation", m.derivation);
    v.sized("serverNonce", m.serverNonce, wire::kNonceSize);
}

void describe(auto& v, Of<FinishLogin::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("host", m.host);
    v.field("hostName", m.hostName, wire::kLongestHostName);
    v.sized("serverNonce", m.serverNonce, wire::kNonceSize);
    v.field("proof", m.proof);
}

void describe(auto& v, Of<FinishLogin::Response> auto& m) {
    v.field("session", m.session);
    v.field("serverSignature", m.serverSignature);
}

void describe(auto& v, Of<StartReset::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("host", m.host);
}

void describe(auto& v, Of<StartReset::Response> auto& m) {
    v.field("account", m.account);
    v.sized("serverNonce", m.serverNonce, wire::kNonceSize);
    v.field("vaultGeneration", m.vaultGeneration);
}

void describe(auto& v, Of<FinishReset::Request> auto& m) {
    v.field("email", m.email, kLongestEmail);
    v.field("host", m.host);
    v.field("hostName", m.hostName, wire::kLongestHostName);
    v.sized("serverNonce", m.serverNonce, wire::kNonceSize);
    v.field("signature", m.signature);
    v.field("password", m.password);
    v.field("vault", m.vault, kLargestVault);
    v.field("vaultGeneration", m.vaultGeneration);
}

void describe(auto& v, Of<FinishReset::Response> auto& m) {
    v.field("session", m.session);
    v.secret(m.hotpSecret, wire::kHotpSecretSize);
}

void describe(auto&, Of<RefreshSession::Request> auto&) {}
void describe(auto& v, Of<RefreshSession::Response> auto& m) { v.field("session", m.session); }

void describe(auto&, Of<EndSession::Request> auto&) {}
void describe(auto&, Of<EndSession::Response> auto&) {}

void describe(auto& v, Of<EnrolHost::Request> auto& m) { v.field("signature", m.signature); }
void describe(auto& v, Of<EnrolHost::Response> auto& m) { v.secret(m.hotpSecret, wire::kHotpSecretSize); }

void describe(auto&, Of<GetVault::Request> auto&) {}
void describe(auto& v, Of<GetVault::Response> auto& m) {
    v.field("vault", m.vault, kLargestVault);
    v.field("generation", m.generation);
    v.field("organizationRoot", m.organizationRoot);
    v.list("transfers", m.transfers, wire::kMostRootTransfers);
    v.list("delegates", m.delegates, wire::kMostMembers);
    v.list("members", m.members, wire::kMostMembers);
    v.list("contentKeys", m.contentKeys, wire::kMostContentKeys);
    v.field("keyEpoch", m.keyEpoch);
    v.field("rotationPending", m.rotationPending);
}

void describe(auto& v, Of<PutVault::Request> auto& m) {
    v.field("expected", m.expected);
    v.field("vault", m.vault, kLargestVault);
}
void describe(auto&, Of<PutVault::Response> auto&) {}

void describe(auto& v, Of<ChangePassword::Request> auto& m) {
    v.field("expected", m.expected);
    v.field("vault", m.vault, kLargestVault);
    v.field("password", m.password);
}
void describe(auto&, Of<ChangePassword::Response> auto&) {}

void describe(auto& v, Of<KeysExported::Request> auto& m) { v.field("file", m.file); }
void describe(auto& v, Of<KeysExported::Response> auto& m) { v.field("session", m.session); }

void describe(auto&, Of<ShowAccount::Request> auto&) {}
void describe(auto& v, Of<ShowAccount::Response> auto& m) {
    v.field("account", m.account);
    v.field("organization", m.organization);
    v.field("email", m.email, kLongestEmail);
    v.field("state", m.state, wire::kLongestWord);
    v.field("privilege", m.privilege, wire::kLongestWord);
    v.field("organizationName", m.organizationName, wire::kLongestName);
    v.field("softwareId", m.softwareId, wire::kLongestWord);
    v.field("created", m.created);
    v.field("releaseProtections", m.releaseProtections);
    v.field("integrityOverride", m.integrityOverride);
    v.field("unsignedApps", m.unsignedApps);
    v.field("keepUnchanged", m.keepVersionWhenUnchanged);
    v.field("noSecondFactor", m.noSecondFactor);
    v.field("noBulkSecondFactor", m.noBulkSecondFactor);
    v.field("mode", m.mode);
    v.field("keysExported", m.keysExported);
    v.field("splitVersionChains", m.splitVersionChains);
    v.field("moveSplits", m.moveSplits);
    v.field("ignoreEnhancedLogin", m.ignoreEnhancedLogin);
    v.field("quotaMegabytes", m.quotaMegabytes);
    v.field("usedMegabytes", m.usedMegabytes);
}

void describe(auto& v, Of<SetAccount::Request> auto& m) {
    v.field("unsignedApps", m.unsignedApps);
    v.field("keepUnchanged", m.keepVersionWhenUnchanged);
}
void describe(auto&, Of<SetAccount::Response> auto&) {}

} // namespace ssprotect::kodiac
