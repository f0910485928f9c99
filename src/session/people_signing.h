#pragma once

#include "content_envelopes.h"
#include "session_state.h"

namespace ssprotect::session {

/// What a Privileged User's host signs and seals for other accounts. Copies what the session holds of keys and people;
/// refresh these first.
class PeopleSigning {
public:
    static Result<PeopleSigning> under(const Session::State& state);

    const KeyChain& people() const { return people_; }
    bool holdsRoot() const { return people_.holdsRoot(self_); }

    kodiac::MemberStatement member(const AccountId& account, std::string_view email,
                                   const kodiac::AccountKeys& keys) const;
    /// By the root: `not-privileged` for who does not hold it.
    Result<kodiac::DelegateStatement> delegate(const AccountId& account, const kodiac::AccountKeys& keys) const;
    /// All that the account has signed, by this one.
    std::vector<kodiac::MemberStatement> resigned(const AccountId& signer) const;
    /// One for every epoch.
    Result<std::vector<kodiac::KeyEnvelope>> contentKeys(const AccountId& account, const crypto::PublicKey& key,
                                                         Random& random) const;
    Result<kodiac::RootTransfer> rootTransfer(const AccountId& to, const crypto::PublicKey& newRoot) const;

private:
    PeopleSigning(AccountId self, crypto::SigningKey key, KeyChain people, ContentKeys contentKeys)
        : self_(self), key_(std::move(key)), people_(std::move(people)), contentKeys_(std::move(contentKeys)) {}

    AccountId self_;
    crypto::SigningKey key_;
    KeyChain people_;
    ContentKeys contentKeys_;
};

} // namespace ssprotect::session
