#include "room.h"

#include <spdlog/logger.h>

namespace ssprotect::managed {

Result<Access> accessFor(const Room& room, const JournalEntry& entry, const std::optional<Access>& held) {
    auto access = room.parts.access();
    if (access && access->authorisation->account() == entry.account)
        return access;
    if (held)
        return *held;
    if (access)
        return makeError(ErrorCode::notLoggedIn, "another account opened this document; log in as that account");
    return access;
}

void forget(Room& room, const JournalEntry& entry) {
    if (auto removed = room.journal.remove(entry); !removed) {
        room.parts.log.warn("the record of a closed document could not be removed: {}", removed.error().word());
        // A record that still counts on the workspace must not find it half wiped: recovery does it then.
        if (!entry.closed)
            return;
    }
    if (auto wiped = room.workspaces.wipe(entry.workspace); !wiped)
        room.parts.log.warn("a workspace could not be wiped: {}", wiped.error().word());
}

} // namespace ssprotect::managed
