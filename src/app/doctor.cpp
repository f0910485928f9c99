#include "doctor.h"

#include "params.h"
#include "ssprotect/platform/overlay_handlers.h"
#include "ssprotect/platform/private_folder.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/session/host_list.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

constexpr std::size_t kMostRowsTold = 20;

std::string quoted(const platform::Path& path) { return "'" + platform::shownPath(path) + "'"; }

} // namespace

void Doctor::addTo(MethodTable& methods) {
    methods.add("doctor", MethodTable::Needs::nothing, [this](Invocation& call) { return examine(call); });
}

Result<Json> Doctor::examine(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const bool repair = fields.flag("repair", false);
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();

    auto findings = look(false);
    if (repair) {
        recovery_.again();
        const auto left = look(true);
        const auto isLeft = [&](const Finding& finding) {
            return std::any_of(left.begin(), left.end(), [&](const Finding& other) {
                return other.code == finding.code && other.message == finding.message && !other.repaired;
            });
        };
        for (auto& finding : findings)
            finding.repaired = !isLeft(finding);
    }
    bool ok = true;
    Json rows = Json::array();
    for (const auto& finding : findings) {
        const char* severity = finding.severity == Severity::note      ? "note"
                               : finding.severity == Severity::warning ? "warning"
                                                                       : "error";
        ok = ok && (finding.repaired || finding.severity == Severity::note);
        rows.push_back({{"severity", severity},
                        {"code", finding.code},
                        {"message", finding.message},
                        {"repaired", finding.repaired}});
    }
    return Json{{"ok", ok}, {"findings", std::move(rows)}};
}

Doctor::Findings Doctor::look(bool repair) {
    Findings findings;
    lookAtHome(findings, repair);
    lookAtJournal(findings);
    lookAtWorkspaces(findings);
    lookAtBackups(findings);
    lookAtHostlists(findings);
    lookAtOverlays(findings);
    return findings;
}

void Doctor::lookAtHome(Findings& findings, bool repair) {
    const auto& home = rooms_.settings.home;
    auto open = platform::openToOthers(home);
    if (!open)
        findings.push_back({Severity::error, "home-unreadable", open.error().message});
    else if (*open) {
        const bool closed = repair && platform::closeToOthers(home).ok();
        findings.push_back(
            {Severity::error, "home-open-to-others", "other users of this machine may enter " + quoted(home), closed});
    }
    if (rooms_.settings.runtimeFolder.empty())
        findings.push_back(
            {Severity::note, "no-memory-workspace",
             "there is no private folder in memory, so opened documents lie on disk while they are open"});
}

void Doctor::lookAtJournal(Findings& findings) {
    auto leftovers = rooms_.journal.leftovers();
    if (!leftovers) {
        findings.push_back({Severity::error, "journal-unreadable", leftovers.error().message});
        return;
    }
    for (const auto& leftover : *leftovers) {
        if (!leftover.record)
            findings.push_back({Severity::error, "journal-damaged",
                                "journal record " + leftover.name + " is damaged: " + leftover.record.error().message});
        else
            for (const auto& item : leftover.record->items)
                findings.push_back({Severity::warning, "interrupted",
                                    quoted(item.target) + " was interrupted and waits for a login of its account"});
    }
}

void Doctor::lookAtWorkspaces(Findings& findings) {
    for (const auto& found : rooms_.managed.inspect()) {
        if (found.kind == managed::RecoveryFinding::Kind::stillPending)
            findings.push_back({Severity::warning, "pending",
                                quoted(found.path) + " is sealed on disk and waits to be stored" +
                                    (found.problem ? ": " + found.problem->message : std::string())});
        else if (found.kind != managed::RecoveryFinding::Kind::adopted)
            findings.push_back({Severity::error, "plaintext-left",
                                "a workspace of an earlier run is left" +
                                    (found.path.empty() ? std::string() : ", of " + quoted(found.path))});
    }
}

void Doctor::lookAtOverlays(Findings& findings) {
    if (platform::overlayHandlersLoaded() == false)
        findings.push_back(
            {Severity::note, "overlays-missing",
             "Explorer does not show SSProtect's icons over protected files: it takes about fifteen such "
             "handlers of all programs together; the page SSProtect in a file's properties tells"});
}

void Doctor::lookAtBackups(Findings& findings) {
    auto age = rooms_.backups.age();
    if (!age)
        findings.push_back({Severity::error, "backup-unknown", age.error().message});
    else if (age->stale)
        findings.push_back(
            {Severity::warning, "backup-old",
             age->last
                 ? "the newest backup is of " + toIso8601(*age->last) + "; without a newer one a lost disk loses more"
                 : "there is no backup; without one a lost disk loses even protected files elsewhere"});
}

void Doctor::lookAtHostlists(Findings& findings) {
    auto profiles = rooms_.profiles.list();
    if (!profiles) {
        findings.push_back({Severity::error, "host-database", profiles.error().message});
        return;
    }
    std::size_t told = 0;
    for (const auto& profile : *profiles) {
        if (!profile.account)
            continue;
        session::HostList list(rooms_.host, rooms_.environment(), *profile.account);
        session::HostListQuery query;
        query.limit = 1000;
        while (told < kMostRowsTold) {
            auto page = list.list(query);
            if (!page) {
                findings.push_back({Severity::error, "host-database", page.error().message});
                return;
            }
            for (const auto& row : page->rows)
                if (row.state == session::ItemState::damaged && told++ < kMostRowsTold)
                    findings.push_back({Severity::error, "damaged", quoted(row.path) + " is damaged"});
            query.offset += static_cast<std::uint32_t>(page->rows.size());
            if (page->rows.empty() || query.offset >= page->total)
                break;
        }
    }
}

} // namespace ssprotect::app
