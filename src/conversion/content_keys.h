#pragma once

#include "ssprotect/conversion/authorisation.h"

#include <map>

namespace ssprotect::conversion {

/// The Organization content keys that one batch needs, each asked for once. One thread.
class ContentKeys {
public:
    explicit ContentKeys(Authorisation& authority) : authority_(authority) {}

    /// Valid as long as this lives.
    Result<const crypto::SecretBytes*> of(const OrganizationId& organization, Epoch epoch) {
        const auto name = std::pair(organization, epoch);
        auto known = keys_.find(name);
        if (known == keys_.end()) {
            auto key = authority_.contentKey(organization, epoch);
            if (!key)
                return std::move(key).error();
            known = keys_.emplace(name, std::move(*key)).first;
        }
        return &known->second;
    }

private:
    Authorisation& authority_;
    std::map<std::pair<OrganizationId, Epoch>, crypto::SecretBytes> keys_;
};

} // namespace ssprotect::conversion
