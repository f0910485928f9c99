#pragma once

#include "limits.h"

#include <concepts>
#include <type_traits>

/// The fields of the records that several messages share. One description serves Writer and Reader; `Of` takes the
/// message const or not.
namespace ssprotect::kodiac {

template <class T, class Message>
concept Of = std::same_as<std::remove_const_t<T>, Message>;

void describe(auto& v, Of<Error> auto& m) {
    std::string word(errorWord(m.code));
    v.field("code", word, wire::kLongestWord);
    v.field("message", m.message, wire::kLongestMessage);
    if constexpr (!std::is_const_v<std::remove_reference_t<decltype(m)>>)
        m.code = errorCodeOf(word);
}

void describe(auto& v, Of<crypto::ScryptParameters> auto& m) {
    v.field("n", m.n);
    v.field("r", m.r);
    v.field("p", m.p);
}

void describe(auto& v, Of<PasswordDerivation> auto& m) {
    v.sized("salt", m.salt, wire::kSaltSize);
    v.field("scrypt", m.scrypt);
}

void describe(auto& v, Of<AccountKeys> auto& m) {
    v.field("signing", m.signing);
    v.field("agreement", m.agreement);
}

void describe(auto& v, Of<KeyEnvelope> auto& m) {
    v.field("epoch", m.epoch);
    v.field("encapsulated", m.encapsulated);
    v.field("ciphertext", m.ciphertext, wire::kMostEnvelopeBytes);
    v.field("sealer", m.sealer);
    v.field("signature", m.signature);
}

void describe(auto& v, Of<MemberStatement> auto& m) {
    v.field("account", m.account);
    v.field("email", m.email, kLongestEmail);
    v.field("keys", m.keys);
    v.field("signer", m.signer);
    v.field("signature", m.signature);
}

void describe(auto& v, Of<Member> auto& m) {
    using Statement = std::conditional_t<std::is_const_v<std::remove_reference_t<decltype(m)>>, const MemberStatement,
                                         MemberStatement>;
    describe(v, static_cast<Statement&>(m));
    v.field("generation", m.generation);
    v.field("current", m.current);
}

void describe(auto& v, Of<DelegateStatement> auto& m) {
    v.field("account", m.account);
    v.field("signer", m.signer);
    v.field("signature", m.signature);
}

void describe(auto& v, Of<RootTransfer> auto& m) {
    v.field("number", m.number);
    v.field("from", m.from);
    v.field("to", m.to);
    v.field("oldRoot", m.oldRoot);
    v.field("newRoot", m.newRoot);
    v.field("signature", m.signature);
}

void describe(auto& v, Of<NewPassword> auto& m) {
    v.field("derivation", m.derivation);
    v.secret(m.verifier, wire::kVerifierSize);
}

void describe(auto& v, Of<SessionGrant> auto& m) {
    v.field("session", m.session);
    v.secret(m.token, wire::kTokenSize);
    v.field("account", m.account);
    v.field("organization", m.organization);
    v.field("expires", m.expires);
    v.field("keysExported", m.keysExported);
    v.field("hostEnrolled", m.hostEnrolled);
    v.field("passwordDue", m.passwordDue);
}

} // namespace ssprotect::kodiac
