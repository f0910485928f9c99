#pragma once

#include "ssprotect/vchain/chain_records.h"

namespace ssprotect::vchain {

enum class Activation {
    newChain,      ///< a new FileID, v1, owned by the caller
    continueChain, ///< the released record's FileID, next version
    takeOwnership, ///< was shared and released in an earlier session: only with the user's word (PROT-13)
};

/// PROT-13, VCH-4: what Activate does at a path, from what this host remembers of it. Pure.
Activation decideActivation(const std::optional<ReleasedRecord>& released, const AccountId& account,
                            const kodiac::SessionId& session);

} // namespace ssprotect::vchain
