#include "lock_announcer.h"

#include "lock_json.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {

void LockAnnouncer::lockGained(const kodiac::LockView& view) {
    events_.tell("lock.changed", {{"lock", lockJson(view)}, {"lost", false}});
}

void LockAnnouncer::lockLost(const kodiac::LockView& view) {
    events_.tell("lock.changed", {{"lock", lockJson(view)}, {"lost", true}});
}

void LockAnnouncer::lineMoved(const kodiac::LockView& view) { lockGained(view); }

void LockAnnouncer::news(const kodiac::ListEvents::Row& row) {
    events_.tell("organization.changed", {{"kind", row.kind}, {"subject", row.subject}});
}

} // namespace ssprotect::app
