#pragma once

#include "ssprotect/crypto/curves.h"
#include "ssprotect/session/environment.h"
#include "ssprotect/session/keys_file.h"

namespace ssprotect::session {

/// Packs the files of `folder` into the empty `archive`, sealed to the account. Not synced.
Status packBackup(const Environment& environment, const platform::Path& folder, platform::File& archive,
                  const AccountId& account, const OrganizationId& organization, const crypto::SigningKey& signing,
                  const crypto::PublicKey& recipient);

/// Unpacks into the empty `folder`, durable when ok, and gives the time of the backup. `refused` for a
/// backup of another account, `data-damaged`.
Result<TimePoint> unpackBackup(const Environment& environment, platform::File& archive, const ExportedKeys& keys,
                               const platform::Path& folder);

} // namespace ssprotect::session
