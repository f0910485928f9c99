#pragma once

#include "file_status.h"
#include "ssprotect/session/host_database.h"
#include "ssprotect/session/session.h"

namespace ssprotect::app {

struct Rooms;

/// Keeps who logged in last, so that colours stay after logout and restart (PROT-16).
Status rememberBeholder(session::HostDatabase& host, const session::SessionInfo& info);
/// The session's account, else the remembered one; none on a host where nobody ever logged in.
std::optional<Beholder> beholderOf(session::HostDatabase& host, const std::optional<session::SessionInfo>& info);

/// Leaves the colours where the overlay handlers look (container::kViewerFile) and tells when they changed by it.
void publishViewer(Rooms& rooms);

} // namespace ssprotect::app
