#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"
#include "ssprotect/conversion/authorisation.h"
#include "ssprotect/conversion/journal.h"
#include "ssprotect/vchain/chain_records.h"

#include <optional>
#include <string>
#include <vector>

namespace ssprotect::conversion {

enum class RecoveryOutcome {
    completed,  ///< the new content stands
    undone,     ///< the old content stands, nothing is left of the attempt
    keptBoth,   ///< the file changed after the crash: the version is under `copy`
    waiting,    ///< KODiAC must be asked: at the next login of that account
    unreadable, ///< a damaged record; left where it is
    failed,     ///< tried again at the next start
};

struct RecoveredItem {
    RecoveryOutcome outcome = RecoveryOutcome::completed;
    BatchKind kind = BatchKind::activate;
    platform::Path path;
    FileId file;
    VersionNumber version = 0;
    platform::Path copy;        ///< keptBoth
    std::optional<Error> error; ///< unreadable, failed
};

struct RecoveryReport {
    std::vector<RecoveredItem> items;
    bool nothingLeft() const; ///< no item is waiting, unreadable or failed
};

/// At start, before anyone logs in: removes half-made temporaries (plaintext first of all), finishes what
/// KODiAC certainly committed, and leaves to the session what only KODiAC can decide. Running batches
/// are not touched. May be repeated: a second run changes nothing.
RecoveryReport recoverFiles(Journal& journal, platform::FileSystem& files, const Clock& clock, Log& log);

/// After a login: asks KODiAC about the account's undecided versions, finishes or undoes them, tells KODiAC of
/// abandoned ones, and brings the Hostlist up to date. `accountName` is for conflict copies.
RecoveryReport recoverWithSession(Journal& journal, platform::FileSystem& files, Authorisation& authority,
                                  vchain::ChainRecords& records, const std::string& accountName, const Clock& clock,
                                  Log& log);

} // namespace ssprotect::conversion
