#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/ids.h"
#include "ssprotect/container/header.h"
#include "ssprotect/kodiac/kodiac.h"
#include "ssprotect/platform/file_system.h"

#include <optional>
#include <span>
#include <vector>

namespace ssprotect::vchain {

/// A protected file of the Hostlist as last stored or opened here.
struct StoredRecord {
    platform::Path path; ///< absolute, links resolved
    container::Identity identity;
    std::uint64_t size = 0;
};

/// A file that was released here: Activate on that path continues its chain (PROT-13).
struct ReleasedRecord {
    platform::Path path;
    FileId file;
    VersionNumber version = 0;
    AccountId owner;
    kodiac::SessionId session; ///< the login session that released it
};

/// What this host remembers of version chains, for the account in session. Implemented by the
/// Hostlist of the session room. Any thread; each call is one transaction.
class ChainRecords {
public:
    virtual ~ChainRecords() = default;
    virtual Result<std::optional<ReleasedRecord>> releasedAt(const platform::Path& path) = 0;
    /// The newest version seen at that path of that chain; 0 = never seen.
    virtual Result<VersionNumber> lastSeen(const platform::Path& path, const FileId& file) = 0;
    /// Activate, open and restore: the row appears or moves on; a released record of the path goes.
    virtual Status recordStored(std::span<const StoredRecord> rows) = 0;
    /// Release: the Hostlist row goes, the released record stays.
    virtual Status recordReleased(std::span<const ReleasedRecord> rows) = 0;
};

} // namespace ssprotect::vchain
