#include "recovery.h"

#include "notices.h"
#include "ssprotect/conversion/recovery.h"
#include "ssprotect/platform/overlay_handlers.h"

#include <nlohmann/json.hpp>
#include <spdlog/logger.h>

namespace ssprotect::app {
namespace {

using conversion::RecoveryOutcome;
using Kind = managed::RecoveryFinding::Kind;

void tellKeptBoth(Rooms& rooms, const conversion::RecoveryReport& report) {
    for (const auto& item : report.items)
        if (item.outcome == RecoveryOutcome::keptBoth)
            rooms.events.tell("notice", conflictNotice(item.path, item.copy));
}

/// What could be done was done; what is left is told, without names, to whoever reads the log.
void logLeft(Log& log, const conversion::RecoveryReport& report) {
    if (report.items.empty())
        return;
    std::size_t left = 0;
    for (const auto& item : report.items)
        if (item.outcome == RecoveryOutcome::waiting || item.outcome == RecoveryOutcome::unreadable ||
            item.outcome == RecoveryOutcome::failed)
            ++left;
    log.info("recovery settled {} files of interrupted batches, {} are left", report.items.size() - left, left);
}

} // namespace

void Recovery::atStart() {
    auto& outside = rooms_.outside;
    logLeft(outside.log, conversion::recoverFiles(rooms_.journal, outside.files, outside.clock, outside.log));
    const auto findings = rooms_.managed.recover();
    if (!findings.empty())
        outside.log.info("recovery found {} workspaces of an earlier run", findings.size());
    showOpenedInLists();
}

void Recovery::afterLogin() {
    auto work = rooms_.desk.require();
    if (!work)
        return;
    const auto report = (*work)->recover();
    logLeft(rooms_.outside.log, report);
    tellKeptBoth(rooms_, report);
    for (const auto& finding : rooms_.managed.storePending())
        if (finding.kind == Kind::storedLate)
            rooms_.events.tell("notice", storedLateNotice(finding.path));
    auto age = rooms_.backups.age();
    if (age && age->stale)
        rooms_.events.tell("notice", staleBackupNotice());
    if (platform::overlayHandlersLoaded() == false && !overlaysTold_.exchange(true))
        rooms_.events.tell("notice", overlaysMissingNotice());
}

void Recovery::again() {
    atStart();
    afterLogin();
}

void Recovery::showOpenedInLists() {
    auto profiles = rooms_.profiles.list();
    if (!profiles)
        return;
    const auto opened = rooms_.managed.opened();
    for (const auto& profile : *profiles) {
        if (!profile.account)
            continue;
        session::HostList list(rooms_.host, rooms_.environment(), *profile.account);
        bool ok = list.clearOpened().ok();
        for (const auto& document : opened)
            ok = list.markOpened(document.path, true).ok() && ok;
        if (!ok)
            rooms_.outside.log.warn("a Hostlist does not show what is open");
    }
}

} // namespace ssprotect::app
