#pragma once

#include "context.h"

#include <map>
#include <utility>

namespace ssprotect::kodiac {

/// A new S[org, epoch], sealed.
void drawShareRoot(Context& context, const OrganizationId& organization, Epoch epoch);

/// A root as it lies in the database. `integrity` under another master key.
Result<crypto::SecretBytes> openShareRoot(const Services& services, const OrganizationId& organization, Epoch epoch,
                                          ByteView sealed);

/// The shares R of one operation; opens each root once.
class Shares {
public:
    explicit Shares(Context& context) : context_(context) {}

    /// HKDF-SHA-512(S[org, epoch], salt, "ssprotect/share/v1" ‖ I, 32)
    Result<crypto::SecretBytes> of(const container::Identity& identity, const container::IdentityBytes& identityBytes,
                                   ByteView salt);

private:
    Context& context_;
    std::map<std::pair<OrganizationId, Epoch>, crypto::SecretBytes> roots_;
};

} // namespace ssprotect::kodiac
