#pragma once

#include "ssprotect/base/ids.h"
#include "ssprotect/crypto/curves.h"
#include "ssprotect/crypto/password.h"
#include "ssprotect/crypto/secret.h"
#include "ssprotect/platform/file_system.h"

#include <map>
#include <string>

namespace ssprotect::session {

/// Everything an account needs to be itself again on a machine that never saw it (REC-7).
struct ExportedKeys {
    std::string email;
    AccountId account;
    OrganizationId organization;
    crypto::PublicKey root{}; ///< the Organization's, pinned
    crypto::SecretBytes signingSeed;
    crypto::SecretBytes agreementScalar;
    crypto::SecretBytes deviceSecret;
    std::map<Epoch, crypto::SecretBytes> contentKeys; ///< OCK by epoch
};

/// The file's bytes; format: docs/keys-file.md.
Result<Bytes> sealKeysFile(const ExportedKeys& keys, ByteView passphrase, const crypto::ScryptParameters& parameters,
                           const crypto::ScryptLimits& limits, Random& random);

/// `data-damaged` for what is no such file or was altered, cut or written by a newer format; `wrong-passphrase`.
/// Nothing is computed for parameters outside `limits`.
Result<ExportedKeys> openKeysFile(ByteView file, ByteView passphrase, const crypto::ScryptLimits& limits);

/// Reads (at most 1 MiB) and opens.
Result<ExportedKeys> readKeysFile(platform::FileSystem& files, const platform::Path& file, ByteView passphrase,
                                  const crypto::ScryptLimits& limits);

} // namespace ssprotect::session
