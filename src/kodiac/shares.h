#pragma once

#include "context.h"

#include <map>
#include <utility>

namespace ssprotect::kodiac {

/// A new S[org, epoch], sealed.
void drawShareRoot(Context& context, const OrganizationId& organization, Epoch epoch);

/// A root as it lies in the database. `data-damaged` under another master key.
Result<crypto::SecretBytes> openShareRoot(const Services& services, const OrganizationId& organization, Epoch epoch,
                                          ByteView sealed);

/// The shares R of one operation; opens each root once.
class Shares {
public:
    explicit Shares(Context& context) : context_(context) {}

    /// The root of that epoch as it lies in the database, when somebody has read it already.
    void know(const OrganizationId& organization, Epoch epoch, std::optional<Bytes> sealed);

    /// HKDF-SHA-512(S[org, epoch], salt, "ssprotect/share/v1" ‖ I, 32)
    Result<crypto::SecretBytes> of(const container::Identity& identity, const container::IdentityBytes& identityBytes,
                                   ByteView salt);

private:
    using Key = std::pair<OrganizationId, Epoch>;
    std::optional<Bytes> sealedRoot(const Key& key);

    Context& context_;
    std::map<Key, Bytes> sealed_;
    std::map<Key, crypto::SecretBytes> roots_;
};

} // namespace ssprotect::kodiac
