#pragma once

#include "placing.h"
#include "ssprotect/conversion/recovery.h"

namespace ssprotect::conversion {

/// What is known of a version whose commit was never answered.
enum class Verdict { unknown, committed, dropped };

/// Brings one journalled file to an end from whatever a crash left of it, and tells how it ended. Every
/// step may be cut short and repeated. The folder is synced by the caller before the record goes.
class RecoveryOfItem {
public:
    RecoveryOfItem(platform::FileSystem& files, BatchKind kind, const JournalItem& item, std::string account,
                   TimePoint now);

    RecoveredItem run(Verdict verdict);

private:
    Result<RecoveryOutcome> settle(Verdict verdict);
    Result<RecoveryOutcome> undo();
    Result<RecoveryOutcome> finishPlaced();
    Result<RecoveryOutcome> finishUnplaced(Verdict verdict);
    Result<RecoveryOutcome> placeNow();
    Result<RecoveryOutcome> putAway(const platform::Path& trace);
    Result<RecoveryOutcome> keep(const platform::Path& from);
    Result<RecoveryOutcome> dropOurs(const platform::Path& trace);
    bool isOurs(const platform::Path& path) const;
    bool storing() const { return kind_ != BatchKind::release; }

    platform::FileSystem& files_;
    BatchKind kind_;
    const JournalItem& item_;
    Placing placing_;
    std::string account_;
    TimePoint now_;
    platform::Path copy_;
};

} // namespace ssprotect::conversion
