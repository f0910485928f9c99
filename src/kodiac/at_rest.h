#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/base/random.h"
#include "ssprotect/crypto/secret.h"

#include <string_view>

namespace ssprotect::kodiac {

/// Secrets in the database: AES-256-GCM under the master key, bound to what they are and whose. Any thread.
class AtRest {
public:
    AtRest(crypto::SecretBytes masterKey, Random& random) : masterKey_(std::move(masterKey)), random_(random) {}

    Bytes seal(std::string_view kind, ByteView whose, ByteView secret) const;
    /// `data-damaged` for another master key, kind or owner, and for what was altered: the database's fault, and none
    /// of what the caller holds.
    Result<crypto::SecretBytes> open(std::string_view kind, ByteView whose, ByteView sealed) const;

private:
    crypto::SecretBytes masterKey_;
    Random& random_;
};

} // namespace ssprotect::kodiac
