#include "key_chain.h"

#include <algorithm>

namespace ssprotect::session {
namespace {

using Keys = std::vector<crypto::PublicKey>;

bool anyKeySigned(const Keys& keys, ByteView message, const crypto::Signature& signature) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const auto& key) { return crypto::verifySignature(key, message, signature); });
}

struct Roots {
    Keys trusted; ///< from the anchor to today's
    std::uint32_t anchored = 0;
    std::uint32_t today = 0;
};

/// The roots in their order, as KODiAC tells it; nothing of it is proved yet.
Result<Keys> toldRoots(const kodiac::GetVault::Response& given) {
    if (given.transfers.empty())
        return Keys{given.organizationRoot.signing};
    Keys roots{given.transfers.front().oldRoot};
    for (const auto& transfer : given.transfers) {
        if (transfer.number != roots.size() || transfer.oldRoot != roots.back())
            return notSigned("a transfer of the Administrator's role");
        roots.push_back(transfer.newRoot);
    }
    if (roots.back() != given.organizationRoot.signing)
        return notSigned("the root");
    return roots;
}

Error otherRoot() {
    return makeError(ErrorCode::peerRefused, "KODiAC names another root for this organization than this host and the "
                                             "vault hold; no key was taken from it");
}

Result<Roots> provenRoots(const TrustAnchor& anchor, const kodiac::GetVault::Response& given) {
    auto told = toldRoots(given);
    if (!told)
        return std::move(told).error();
    // What lies before the anchor proves nothing and is not looked at: anybody could have made it.
    const auto from =
        std::find(told->begin() + std::min<std::ptrdiff_t>(anchor.number, std::ssize(*told)), told->end(), anchor.root);
    const auto& newest = anchor.newest;
    const bool wentBack = newest && (told->size() <= newest->number || (*told)[newest->number] != newest->key);
    if (from == told->end() || wentBack)
        return otherRoot();
    Roots roots{Keys(from, told->end()), static_cast<std::uint32_t>(from - told->begin()),
                static_cast<std::uint32_t>(told->size() - 1)};
    for (std::size_t i = roots.anchored; i < given.transfers.size(); ++i) {
        const auto& transfer = given.transfers[i];
        if (!crypto::verifySignature(transfer.oldRoot, kodiac::rootTransferBytes(anchor.organization, transfer),
                                     transfer.signature))
            return notSigned("a transfer of the Administrator's role");
    }
    return roots;
}

/// Proves members by who signed them: holders of the roots, and the Delegates that a root names.
class Proof {
public:
    Proof(const OrganizationId& organization, const Keys& roots, const kodiac::GetVault::Response& given)
        : organization_(organization), roots_(roots), given_(given) {}

    Status run() {
        if (auto shaped = checkShape(); !shaped)
            return shaped;
        for (const auto& member : given_.members)
            if (std::find(roots_.begin(), roots_.end(), member.keys.signing) != roots_.end())
                trust(member);
        for (const auto& delegate : given_.delegates)
            if (auto named = takeDelegate(delegate); !named)
                return named;
        const bool all = std::all_of(given_.members.begin(), given_.members.end(),
                                     [this](const auto& member) { return isSigned(member); });
        return all ? Status{} : Status{notSigned("a member")};
    }

private:
    Status checkShape() const {
        std::set<std::pair<AccountId, std::uint32_t>> seen;
        std::set<AccountId> present;
        for (const auto& member : given_.members)
            if (!seen.emplace(member.account, member.generation).second ||
                (member.current && !present.insert(member.account).second))
                return makeError(ErrorCode::peerRefused, "KODiAC names a member twice; no key was taken from it");
        return {};
    }

    // This key of the account, and none that it had before or came by later.
    void trust(const kodiac::Member& member) { signers_[member.account].push_back(member.keys.signing); }

    Status takeDelegate(const kodiac::DelegateStatement& delegate) {
        bool found = false;
        for (const auto& member : given_.members) {
            if (member.account != delegate.account)
                continue;
            const Bytes message = kodiac::delegateStatementBytes(organization_, member.account, member.keys);
            if (anyKeySigned(roots_, message, delegate.signature)) {
                trust(member);
                found = true;
            }
        }
        return found ? Status{} : Status{notSigned("a Delegate")};
    }

    bool isSigned(const kodiac::Member& member) const {
        const auto signer = signers_.find(member.signer);
        return signer != signers_.end() &&
               anyKeySigned(signer->second, kodiac::memberStatementBytes(organization_, member), member.signature);
    }

    const OrganizationId& organization_;
    const Keys& roots_;
    const kodiac::GetVault::Response& given_;
    std::map<AccountId, Keys> signers_;
};

} // namespace

Error notSigned(std::string_view what) {
    return makeError(ErrorCode::peerRefused,
                     std::string(what) + " is not signed as this organization signs; no key was taken from KODiAC. "
                                         "Ask who runs it, or restore a backup");
}

Result<KeyChain> KeyChain::prove(const TrustAnchor& anchor, const kodiac::GetVault::Response& given) {
    auto roots = provenRoots(anchor, given);
    if (!roots)
        return std::move(roots).error();
    if (auto proved = Proof(anchor.organization, roots->trusted, given).run(); !proved)
        return std::move(proved).error();
    KeyChain chain;
    const Keys today{roots->trusted.back()};
    chain.underTodaysRoot_ = roots->trusted.size() == 1 || Proof(anchor.organization, today, given).run().ok();
    chain.anchor_ = {anchor.organization, anchor.root, roots->anchored, RootPin{today.front(), roots->today}};
    if (chain.underTodaysRoot_) {
        chain.anchor_.root = today.front();
        chain.anchor_.number = roots->today;
    }
    chain.roots_ = std::move(roots->trusted);
    chain.statements_ = given.members;
    for (const auto& delegate : given.delegates)
        chain.delegates_.insert(delegate.account);
    return chain;
}

const kodiac::Member* KeyChain::current(const AccountId& account) const {
    const auto at = std::find_if(statements_.begin(), statements_.end(),
                                 [&](const auto& member) { return member.current && member.account == account; });
    return at == statements_.end() ? nullptr : &*at;
}

std::vector<const kodiac::Member*> KeyChain::everyCurrent() const {
    std::vector<const kodiac::Member*> members;
    for (const auto& member : statements_)
        if (member.current)
            members.push_back(&member);
    return members;
}

bool KeyChain::knowsKey(const AccountId& account, const crypto::PublicKey& signing) const {
    return std::any_of(statements_.begin(), statements_.end(),
                       [&](const auto& member) { return member.account == account && member.keys.signing == signing; });
}

bool KeyChain::signedBy(const AccountId& account, ByteView message, const crypto::Signature& signature) const {
    return std::any_of(statements_.begin(), statements_.end(), [&](const auto& member) {
        return member.account == account && crypto::verifySignature(member.keys.signing, message, signature);
    });
}

bool KeyChain::holdsRoot(const AccountId& account) const {
    const auto* member = current(account);
    return member != nullptr && member->keys.signing == root();
}

Status requireSelf(const KeyChain& chain, const AccountId& account, const kodiac::AccountKeys& keys) {
    const auto* self = chain.current(account);
    if (self == nullptr || self->keys.signing != keys.signing || self->keys.agreement != keys.agreement)
        return makeError(ErrorCode::peerRefused,
                         "KODiAC gives other keys for this account than its vault holds; no key was taken from it");
    return {};
}

} // namespace ssprotect::session
