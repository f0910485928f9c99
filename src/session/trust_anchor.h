#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/crypto/curves.h"

#include <optional>

namespace ssprotect::session {

/// A root and how many transfers led to it.
struct RootPin {
    crypto::PublicKey key{};
    std::uint32_t number = 0;

    friend bool operator==(const RootPin&, const RootPin&) = default;
};

/// What this host holds for true, whatever KODiAC says. Signatures of the root, and of those it was transferred to
/// after it, count.
struct TrustAnchor {
    OrganizationId organization;
    crypto::PublicKey root{};
    std::uint32_t number = 0;           ///< at least so many transfers came before it
    std::optional<RootPin> newest = {}; ///< the furthest that this host has seen: KODiAC cannot go back behind it

    friend bool operator==(const TrustAnchor&, const TrustAnchor&) = default;
};

} // namespace ssprotect::session
