#include "recovery.h"

#include "document_names.h"
#include "evidence.h"
#include "ssprotect/conversion/conflict_name.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/sibling_name.h"

#include <algorithm>

namespace ssprotect::managed {
namespace {

using platform::Path;

RecoveryFinding unreadable(const Error& error) { return {RecoveryFinding::Kind::stillPending, {}, error}; }

} // namespace

Recovery::Found Recovery::run(const KnownIds& knownIds) {
    Found found;
    auto known = knownIds();
    const auto workspaces = room_.workspaces.all();
    auto records = room_.journal.entries();
    if (!records) {
        found.findings.push_back(unreadable(records.error()));
        return found;
    }
    known.merge(knownIds());
    std::set<std::string> keep = known;
    for (auto& record : *records) {
        if (known.contains(record.id))
            continue;
        if (!record.entry) {
            // Its workspace may hold the only copy of something: it stays, and doctor says so.
            found.findings.push_back(unreadable(record.entry.error()));
            keep.insert(record.id);
        } else if (!settle(std::move(*record.entry), found)) {
            keep.insert(record.id);
        }
    }
    sweep(workspaces, keep, found);
    return found;
}

/// False: its workspace stays.
bool Recovery::settle(JournalEntry entry, Found& found) {
    RecoveryFinding finding{RecoveryFinding::Kind::swept, entry.container, {}};
    if (entry.boot != room_.settings.boot)
        entry.processes.clear(); // the numbers belong to others now
    if (!entry.closed && inUse(entry)) {
        finding.kind = RecoveryFinding::Kind::adopted;
        found.findings.push_back(std::move(finding));
        found.adopted.push_back(std::move(entry));
        return false;
    }
    Status done;
    if (!entry.closed)
        done = sealAll(entry, finding);
    if (done)
        done = conclude(std::move(entry), finding, found);
    if (done)
        return true;
    finding.kind = RecoveryFinding::Kind::stillPending;
    finding.problem = std::move(done).error();
    found.findings.push_back(std::move(finding));
    return false;
}

bool Recovery::inUse(const JournalEntry& entry) const {
    if (!room_.parts.files.info(entry.workspace))
        return false;
    auto& processes = room_.parts.processes;
    if (std::any_of(entry.processes.begin(), entry.processes.end(),
                    [&](const auto& process) { return processes.isAlive(process); }))
        return true;
    auto holders = processes.holdersBelow(entry.workspace);
    return holders && !holders->empty();
}

/// What was written to a disk and not settled when the machine stopped may be half there.
bool Recovery::mayBeTorn(const JournalEntry& entry) const {
    return !room_.workspaces.inMemory(entry.workspace) && (entry.boot.empty() || entry.boot != room_.settings.boot);
}

Status Recovery::sealAll(JournalEntry& entry, RecoveryFinding& finding) {
    auto view = lookAt(room_.parts.files, entry);
    if (!view && view.error().code == ErrorCode::notFound)
        return {};
    if (!view)
        return std::move(view).error();
    if (view->document)
        if (auto sealed = sealDocument(entry, *view->document, finding); !sealed)
            return sealed;
    std::vector<Path> names;
    for (const auto& file : view->files)
        names.push_back(file.name);
    return sealOthers(entry, names, view->document.has_value(), finding);
}

Status Recovery::sealDocument(JournalEntry& entry, const platform::FileInfo& document, RecoveryFinding& finding) {
    auto sealed = room_.journal.sealed(entry);
    if (!sealed)
        return std::move(sealed).error();
    if (stampOf(document) == sealed->value_or(entry.opened))
        return {};
    finding.kind = RecoveryFinding::Kind::sealed;
    if (mayBeTorn(entry)) {
        // Nobody can say whether it is whole: it comes beside the document, not in its place.
        const Path name = conversion::conflictName(entry.name, "recovered", room_.parts.clock.now());
        if (auto renamed = room_.parts.files.renameNew(entry.document(), entry.workspace / name); !renamed)
            return renamed;
        auto extra = room_.journal.sealExtra(entry, name);
        if (!extra)
            return std::move(extra).error();
        entry.extras.push_back(std::move(*extra));
        return {};
    }
    auto done = room_.journal.seal(entry, entry.document());
    return done ? Status{} : Status{std::move(done).error()};
}

/// Without a document a save may have been under way: then temporaries and backups count as well.
Status Recovery::sealOthers(JournalEntry& entry, const std::vector<Path>& names, bool documentPresent,
                            RecoveryFinding& finding) {
    for (const Path& name : names) {
        const auto kind = kindOf(platform::narrowPath(name.filename()), platform::narrowPath(entry.name));
        const bool isDocument = kind == NameKind::document && !name.has_parent_path();
        const bool counts = kind == NameKind::other || kind == NameKind::document ||
                            (kind == NameKind::scratch && !documentPresent && !platform::isSiblingName(name));
        const bool known = std::any_of(entry.extras.begin(), entry.extras.end(),
                                       [&](const ExtraSave& extra) { return extra.name == name; });
        if (isDocument || !counts || known)
            continue;
        auto extra = room_.journal.sealExtra(entry, name);
        if (!extra)
            return std::move(extra).error();
        entry.extras.push_back(std::move(*extra));
        finding.kind = RecoveryFinding::Kind::sealed;
    }
    return {};
}

/// From here the workspace counts no more.
Status Recovery::conclude(JournalEntry entry, RecoveryFinding finding, Found& found) {
    auto sealed = room_.journal.sealed(entry);
    if (!sealed)
        return std::move(sealed).error();
    const bool waits = *sealed || !entry.extras.empty() || entry.storing;
    if (!entry.closed) {
        entry.closed = true;
        if (auto written = room_.journal.write(entry); !written)
            return written;
    }
    if (auto wiped = room_.workspaces.wipe(entry.workspace); !wiped)
        return wiped;
    if (waits) {
        if (finding.kind == RecoveryFinding::Kind::swept)
            finding.kind = RecoveryFinding::Kind::stillPending;
        found.findings.push_back(std::move(finding));
        found.pending.push_back(std::move(entry));
        return {};
    }
    found.findings.push_back(std::move(finding));
    return room_.journal.remove(entry);
}

/// Every other workspace belongs to an access that has ended.
void Recovery::sweep(const std::vector<Path>& workspaces, const std::set<std::string>& keep, Found& found) {
    for (const Path& workspace : workspaces) {
        if (keep.contains(platform::narrowPath(workspace.filename())))
            continue;
        if (!room_.parts.files.info(workspace))
            continue; // settled above
        RecoveryFinding finding{RecoveryFinding::Kind::swept, {}, {}};
        if (auto wiped = room_.workspaces.wipe(workspace); !wiped)
            finding.problem = std::move(wiped).error();
        found.findings.push_back(std::move(finding));
    }
}

std::vector<RecoveryFinding> lookForLeftovers(const Room& room, const KnownIds& known) {
    std::vector<RecoveryFinding> findings;
    const auto workspaces = room.workspaces.all();
    if (auto records = room.journal.entries())
        for (const auto& record : *records)
            if (!record.entry)
                findings.push_back(unreadable(record.entry.error()));
    const auto ids = known();
    for (const Path& workspace : workspaces)
        if (!ids.contains(platform::narrowPath(workspace.filename())))
            findings.push_back({RecoveryFinding::Kind::swept, {}, {}});
    return findings;
}

} // namespace ssprotect::managed
