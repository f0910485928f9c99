#pragma once

#include "ssprotect/kodiac/operations.h"
#include "trust_anchor.h"

#include <map>
#include <set>

namespace ssprotect::session {

/// The people of an Organization as the host proved them (spec: *Identities*).
class KeyChain {
public:
    /// Proves every signature that KODiAC gave, from the anchor: the transfers of the root in their order; Delegates
    /// by a root from the anchor on; members by a holder of such a root or by a Delegate, with the key that the root
    /// vouches for. One that does not hold is `peer-refused` for all of them: a KODiAC that slipped
    /// in one stranger is not to be believed about the rest.
    static Result<KeyChain> prove(const TrustAnchor& anchor, const kodiac::GetVault::Response& given);

    /// What to hold on to from now on: the root of today once everything is signed under it, else the anchor, and how
    /// far the transfers have come.
    const TrustAnchor& anchor() const { return anchor_; }
    const OrganizationId& organization() const { return anchor_.organization; }
    const crypto::PublicKey& root() const { return roots_.back(); } ///< of today
    /// From the anchor on: a comparison code made with an earlier one is good as well.
    const std::vector<crypto::PublicKey>& roots() const { return roots_; }
    /// How often the root has changed hands.
    std::uint32_t transfers() const { return anchor_.newest ? anchor_.newest->number : 0; }
    /// By today's root alone: what somebody needs who comes to the Organization now.
    bool holdsUnderTodaysRoot() const { return underTodaysRoot_; }

    /// The statement about its present keys; null for who is no member any more.
    const kodiac::Member* current(const AccountId& account) const;
    std::vector<const kodiac::Member*> everyCurrent() const;
    const std::vector<kodiac::Member>& statements() const { return statements_; }
    const std::set<AccountId>& delegates() const { return delegates_; }
    /// Whether the account has or had this signing key.
    bool knowsKey(const AccountId& account, const crypto::PublicKey& signing) const;
    /// Whether one of its keys signed the message.
    bool signedBy(const AccountId& account, ByteView message, const crypto::Signature& signature) const;
    bool holdsRoot(const AccountId& account) const;
    bool isPrivileged(const AccountId& account) const { return holdsRoot(account) || delegates_.contains(account); }

private:
    TrustAnchor anchor_;
    std::vector<crypto::PublicKey> roots_;
    bool underTodaysRoot_ = false;
    std::vector<kodiac::Member> statements_;
    std::set<AccountId> delegates_;
};

/// `peer-refused` unless the account is a member with exactly these keys.
Status requireSelf(const KeyChain& chain, const AccountId& account, const kodiac::AccountKeys& keys);

/// What every refusal of the chain says: `what` is not signed as it should be.
Error notSigned(std::string_view what);

} // namespace ssprotect::session
