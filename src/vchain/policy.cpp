#include "ssprotect/vchain/policy.h"

namespace ssprotect::vchain {

Activation decideActivation(const std::optional<ReleasedRecord>& released, const AccountId& account,
                            const kodiac::SessionId& session) {
    if (!released)
        return Activation::newChain;
    if (released->owner == account || released->session == session)
        return Activation::continueChain;
    return Activation::takeOwnership;
}

} // namespace ssprotect::vchain
