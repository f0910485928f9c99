#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/crypto/secret.h"

#include <map>
#include <mutex>
#include <string_view>

namespace ssprotect::session {

/// The fields that K_name seals.
constexpr std::string_view kNameField = "name";
constexpr std::string_view kPathField = "path";

/// The OCKs of the account's Organization and what is derived from them. Any thread.
class KeyRing {
public:
    KeyRing(const OrganizationId& organization, std::map<Epoch, crypto::SecretBytes> contentKeys);

    const OrganizationId& organization() const { return organization_; }
    void replace(std::map<Epoch, crypto::SecretBytes> contentKeys);

    bool holds(Epoch epoch) const;
    /// `foreign-file` when there is none.
    Result<crypto::SecretBytes> contentKey(Epoch epoch) const;
    std::map<Epoch, crypto::SecretBytes> contentKeys() const;

    /// K_name: names and paths leave the host only so. `field` is kNameField or kPathField.
    Result<Bytes> sealName(std::string_view text, Epoch epoch, const FileId& file, VersionNumber version,
                           std::string_view field, Random& random) const;
    /// `foreign-file` without the key, `integrity` for what was not sealed for that place.
    Result<std::string> openName(ByteView sealed, Epoch epoch, const FileId& file, VersionNumber version,
                                 std::string_view field) const;

private:
    Result<crypto::SecretBytes> nameKey(Epoch epoch) const;

    const OrganizationId organization_;
    mutable std::mutex mutex_;
    std::map<Epoch, crypto::SecretBytes> contentKeys_;
    mutable std::map<Epoch, crypto::SecretBytes> nameKeys_;
};

} // namespace ssprotect::session
