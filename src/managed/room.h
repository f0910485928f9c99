#pragma once

#include "open_journal.h"
#include "ssprotect/managed/parts.h"
#include "storing.h"
#include "workspace.h"

namespace ssprotect::managed {

/// What all documents of one ManagedAccess share. Outlives them.
struct Room {
    Room(Parts given, Settings set)
        : parts(std::move(given)), settings(std::move(set)), workspaces(parts.files, settings),
          journal(parts.files, parts.random, settings.home), storing(parts, journal) {}
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    Parts parts;
    Settings settings;
    Workspaces workspaces;
    OpenJournal journal;
    Storing storing;
};

/// The session for what `entry` still needs: the login of now if it is of the same account, else the one that
/// was `held` since the open; it serves a close after logout (PROT-14).
Result<Access> accessFor(const Room& room, const JournalEntry& entry, const std::optional<Access>& held);

/// The access is over and nothing of it is needed any more: the record goes, then the workspace is wiped.
void forget(Room& room, const JournalEntry& entry);

} // namespace ssprotect::managed
