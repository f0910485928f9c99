#pragma once

#include "content_keys.h"
#include "sealing.h"
#include "source.h"

namespace ssprotect::conversion {

/// A container about to be decrypted, and KODiAC's word on it.
struct Opening {
    platform::Path container;
    platform::FileInfo info;
    container::Header header;
    VersionNumber lastSeen = 0; ///< by this host at that path
    OpenedVersion opened;
    const crypto::SecretBytes* contentKey = nullptr;
    std::optional<Error> error;

    bool olderThanSeen() const { return header.identity.version < lastSeen; }
};

/// *Open* (spec/security.md) for a batch: each opening gets its keys or its error. `foreign-file` for a container
/// that KODiAC does not know and another organization made.
void authoriseOpenings(const Services& services, ContentKeys& keys, Purpose purpose, std::span<Opening* const> items);

/// Decrypts into an empty file; every check of the container is done when this is ok, and the container did
/// not change meanwhile. With `overrideIntegrity`, what does not authenticate is listed in `damaged`.
Status unseal(const Work& work, const Opening& opening, platform::File& plaintext, bool overrideIntegrity,
              std::vector<container::DamagedRange>& damaged);

} // namespace ssprotect::conversion
