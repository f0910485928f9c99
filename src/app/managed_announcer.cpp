#include "managed_announcer.h"

#include "ssprotect/session/host_list.h"

#include <spdlog/logger.h>

namespace ssprotect::app {

void ManagedAnnouncer::changed(const managed::OpenedDocument& document) {
    // Not while it is opening: that may still be refused.
    if (document.state != managed::DocumentState::opening)
        mark(document.path, true);
    if (listChanged)
        listChanged();
    if (isNewlyPending(document) && documentPending)
        documentPending(document);
}

bool ManagedAnnouncer::isNewlyPending(const managed::OpenedDocument& document) {
    std::lock_guard lock(mutex_);
    return document.state == managed::DocumentState::pending && pending_.insert(document.path).second;
}

void ManagedAnnouncer::closed(const managed::OpenedDocument& document, const managed::Closed& result) {
    {
        std::lock_guard lock(mutex_);
        pending_.erase(document.path);
    }
    mark(document.path, false);
    if (listChanged)
        listChanged();
    if (documentClosed)
        documentClosed(result);
}

/// A row belongs to one account, which may have logged out since: every account's list is asked, all
/// but one have no such row.
void ManagedAnnouncer::mark(const platform::Path& path, bool opened) {
    auto profiles = profiles_.list();
    if (!profiles)
        return environment_.log.warn("the Hostlist does not show what is open: {}", profiles.error().word());
    for (const auto& profile : *profiles) {
        if (!profile.account)
            continue;
        session::HostList list(host_, environment_, *profile.account);
        if (auto marked = list.markOpened(path, opened); !marked)
            environment_.log.warn("the Hostlist does not show what is open: {}", marked.error().word());
    }
}

} // namespace ssprotect::app
