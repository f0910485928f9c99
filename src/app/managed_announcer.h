#pragma once

#include "ssprotect/managed/managed_events.h"
#include "ssprotect/session/profiles.h"

#include <functional>
#include <mutex>
#include <set>

namespace ssprotect::app {

/// Carries what managed access tells to the Hostlists' *(Opened)* flag and to whoever shows or waits for it.
class ManagedAnnouncer final : public managed::ManagedEvents {
public:
    ManagedAnnouncer(session::HostDatabase& host, session::Environment environment, session::Profiles& profiles)
        : host_(host), environment_(environment), profiles_(profiles) {}

    /// Set before the first document opens.
    std::function<void()> listChanged;
    std::function<void(const managed::Closed&)> documentClosed;
    /// Once per document that could not be stored.
    std::function<void(const managed::OpenedDocument&)> documentPending;

    void changed(const managed::OpenedDocument& document) override;
    void closed(const managed::OpenedDocument& document, const managed::Closed& result) override;

private:
    void mark(const platform::Path& path, bool opened);
    bool isNewlyPending(const managed::OpenedDocument& document);

    session::HostDatabase& host_;
    session::Environment environment_;
    session::Profiles& profiles_;
    std::mutex mutex_;
    std::set<platform::Path> pending_;
};

} // namespace ssprotect::app
