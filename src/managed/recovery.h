#pragma once

#include "room.h"
#include "ssprotect/managed/managed_access.h"

#include <functional>
#include <set>

namespace ssprotect::managed {

/// The ids of documents that this process keeps itself; they are left alone. Asked before and after the disk is
/// looked at, so that nothing that is just being opened or closed is taken for a leftover.
using KnownIds = std::function<std::set<std::string>()>;

/// What a start finds of an earlier process. Needs no session: saves are sealed to the key in the record.
class Recovery {
public:
    explicit Recovery(Room& room) : room_(room) {}

    struct Found {
        std::vector<JournalEntry> adopted; ///< still in use: to be kept as open
        std::vector<JournalEntry> pending; ///< sealed, wiped, to be stored at the next login
        std::vector<RecoveryFinding> findings;
    };
    Found run(const KnownIds& known);

private:
    bool settle(JournalEntry entry, Found& found);
    Status sealAll(JournalEntry& entry, RecoveryFinding& finding);
    Status sealDocument(JournalEntry& entry, const platform::FileInfo& document, RecoveryFinding& finding);
    Status sealOthers(JournalEntry& entry, const std::vector<platform::Path>& names, bool documentPresent,
                      RecoveryFinding& finding);
    Status conclude(JournalEntry entry, RecoveryFinding finding, Found& found);
    bool inUse(const JournalEntry& entry) const;
    bool mayBeTorn(const JournalEntry& entry) const;
    void sweep(const std::vector<platform::Path>& workspaces, const std::set<std::string>& keep, Found& found);

    Room& room_;
};

/// Workspaces that no record knows, and records that cannot be read; nothing is changed.
std::vector<RecoveryFinding> lookForLeftovers(const Room& room, const KnownIds& known);

} // namespace ssprotect::managed
