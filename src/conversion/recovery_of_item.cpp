#include "recovery_of_item.h"

#include "source.h"
#include "ssprotect/conversion/conflict_name.h"

namespace ssprotect::conversion {

using platform::Path;

RecoveryOfItem::RecoveryOfItem(platform::FileSystem& files, BatchKind kind, const JournalItem& item,
                               std::string account, TimePoint now)
    : files_(files), kind_(kind),
      item_(item), placing_{item.target, item.temporary, item.made.value_or(platform::FileInfo{}), item.standing,
                            item.expected},
      account_(std::move(account)), now_(now) {}

RecoveredItem RecoveryOfItem::run(Verdict verdict) {
    RecoveredItem report;
    report.kind = kind_;
    report.path = item_.target;
    report.file = item_.file;
    report.version = item_.version;
    auto outcome = settle(verdict);
    if (outcome) {
        report.outcome = *outcome;
        report.copy = copy_;
    } else {
        report.outcome = RecoveryOutcome::failed;
        report.error = std::move(outcome).error();
    }
    return report;
}

Result<RecoveryOutcome> RecoveryOfItem::settle(Verdict verdict) {
    if (item_.stage == ItemStage::published)
        return RecoveryOutcome::completed;
    if (auto settled = platform::settleReplace(files_, item_.target, item_.temporary); !settled)
        return std::move(settled).error();
    if (item_.stage == ItemStage::planned || !item_.made)
        return undo();
    if (isOurs(item_.target))
        return finishPlaced();
    return finishUnplaced(item_.stage == ItemStage::committed ? Verdict::committed : verdict);
}

/// A container says itself which version it is; plaintext is known by its inode.
bool RecoveryOfItem::isOurs(const Path& path) const {
    if (storing())
        return isVersion(files_, path, item_.file, item_.version);
    const auto made = isMade(files_, placing_, path);
    return made && *made;
}

Result<RecoveryOutcome> RecoveryOfItem::undo() {
    if (auto removed = files_.remove(item_.temporary); !removed)
        return std::move(removed).error();
    return RecoveryOutcome::undone;
}

/// The target is the new content; what it displaced may still be there.
Result<RecoveryOutcome> RecoveryOfItem::finishPlaced() {
    auto placed = settleDisplaced(files_, placing_);
    if (!placed)
        return std::move(placed).error();
    if (*placed == Placed::done)
        return RecoveryOutcome::completed;
    return storing() ? keep(item_.temporary) : undo();
}

/// The target is not the new content: not yet, or somebody changed it since.
Result<RecoveryOutcome> RecoveryOfItem::finishUnplaced(Verdict verdict) {
    auto outcome = RecoveryOutcome::undone;
    for (const Path& trace : tracesOf(files_, placing_)) {
        auto info = files_.info(trace);
        if (!info) {
            if (info.error().code == ErrorCode::notFound)
                continue;
            return std::move(info).error();
        }
        Result<RecoveryOutcome> settled = outcome;
        if (!isOurs(trace))
            settled = putAway(trace);
        else if (!storing() || verdict == Verdict::dropped)
            settled = dropOurs(trace);
        else if (verdict == Verdict::unknown)
            return RecoveryOutcome::waiting;
        else
            settled = placeNow();
        if (!settled)
            return settled;
        if (*settled != RecoveryOutcome::undone)
            outcome = *settled;
    }
    return outcome;
}

/// The temporary never became the file and is not wanted.
Result<RecoveryOutcome> RecoveryOfItem::dropOurs(const Path& trace) {
    if (auto removed = files_.remove(trace); !removed)
        return std::move(removed).error();
    return RecoveryOutcome::undone;
}

/// KODiAC counts the version as stored: it becomes the file if the file is still what it was.
Result<RecoveryOutcome> RecoveryOfItem::placeNow() {
    auto standing = files_.info(item_.target);
    if (!standing) {
        if (standing.error().code != ErrorCode::notFound)
            return std::move(standing).error();
        // Activate: the user moved or removed the plain file, and with it goes our older copy. A store: the new
        // content is nowhere else.
        if (kind_ == BatchKind::activate)
            return dropOurs(item_.temporary);
        if (auto moved = files_.renameNew(item_.temporary, item_.target); !moved)
            return std::move(moved).error();
        return RecoveryOutcome::completed;
    }
    auto unchanged = item_.standing ? isStanding(files_, placing_, item_.target) : Result<bool>(false);
    if (!unchanged)
        return std::move(unchanged).error();
    if (!*unchanged)
        return keep(item_.temporary);
    auto placed = place(files_, placing_);
    if (!placed)
        return std::move(placed).error();
    return *placed == Placed::done ? Result<RecoveryOutcome>(RecoveryOutcome::completed) : keep(item_.temporary);
}

/// Under a name of ours lies what is not ours: the old content, displaced by a new one that has been moved
/// away since, or a third party's.
Result<RecoveryOutcome> RecoveryOfItem::putAway(const Path& trace) {
    auto old = isStanding(files_, placing_, trace);
    if (!old)
        return std::move(old).error();
    if (*old && kind_ == BatchKind::release)
        return dropOurs(trace); // the plaintext was published and is the user's to move
    const auto target = files_.info(item_.target);
    if (target)
        return keep(trace);
    if (target.error().code != ErrorCode::notFound)
        return target.error();
    if (auto moved = files_.renameNew(trace, item_.target); !moved)
        return std::move(moved).error();
    return RecoveryOutcome::undone;
}

Result<RecoveryOutcome> RecoveryOfItem::keep(const Path& from) {
    auto copy = moveToConflictName(files_, from, item_.target, account_, now_);
    if (!copy)
        return std::move(copy).error();
    copy_ = *copy;
    return RecoveryOutcome::keptBoth;
}

} // namespace ssprotect::conversion
