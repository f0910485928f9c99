#include "evidence.h"

#include "document_names.h"
#include "ssprotect/platform/narrow_path.h"
#include "workspace.h"

#include <algorithm>

namespace ssprotect::managed {
namespace {

bool sameFiles(const WorkspaceView& a, const WorkspaceView& b) {
    return std::equal(a.files.begin(), a.files.end(), b.files.begin(), b.files.end(),
                      [](const WorkspaceView::File& x, const WorkspaceView::File& y) {
                          return x.name == y.name && x.info.sameContentAs(y.info);
                      });
}

bool sameDocument(const std::optional<platform::FileInfo>& a, const std::optional<platform::FileInfo>& b) {
    return a.has_value() == b.has_value() && (!a || a->sameContentAs(*b));
}

/// Lock files are links as well as files: every name at the top counts.
bool hasOwnerFile(platform::FileSystem& files, const JournalEntry& entry) {
    auto listed = files.list(entry.workspace);
    return listed && std::any_of(listed->begin(), listed->end(), [&](const platform::DirectoryEntry& found) {
               return kindOf(platform::narrowPath(found.name), platform::narrowPath(entry.name)) == NameKind::ownerFile;
           });
}

} // namespace

Result<WorkspaceView> lookAt(platform::FileSystem& files, const JournalEntry& entry) {
    auto names = filesBelow(files, entry.workspace);
    if (!names)
        return std::move(names).error();
    WorkspaceView view;
    for (platform::Path& name : *names) {
        auto info = files.info(entry.workspace / name);
        if (!info && info.error().code == ErrorCode::notFound)
            continue; // gone since it was listed
        if (!info)
            return std::move(info).error();
        if (name == entry.name)
            view.document = *info;
        view.files.push_back({std::move(name), *info});
    }
    view.ownerFile = hasOwnerFile(files, entry);
    return view;
}

Evidence::Evidence(platform::FileSystem& files, platform::Processes& processes, const JournalEntry& entry,
                   const CloseRules& rules, Duration now)
    : files_(files), processes_(processes), entry_(entry), rules_(rules), earlier_(entry.processes), lastChange_(now),
      lastHeld_(now) {
    if (earlier_.empty())
        endedAt_ = now;
    if (auto view = lookAt(files_, entry_))
        view_ = std::move(*view);
    documentAtEnd_ = view_.document;
}

void Evidence::started(Started program, Duration now) {
    programs_.push_back({std::move(program), now, {}});
    endedAt_.reset();
}

void Evidence::finishRequested(Duration now) {
    if (!finishAt_)
        finishAt_ = now;
}

void Evidence::lookAtWorkspace(Duration now) {
    auto view = lookAt(files_, entry_);
    if (!view && view.error().code != ErrorCode::notFound) {
        // Not seeing it is not its absence: until it is seen again nothing is quiet.
        lastChange_ = now;
        return;
    }
    WorkspaceView seen = view ? std::move(*view) : WorkspaceView{};
    if (!sameFiles(seen, view_))
        lastChange_ = now;
    view_ = std::move(seen);
}

void Evidence::lookAtPrograms(Duration now) {
    bool alive = std::any_of(earlier_.begin(), earlier_.end(),
                             [this](const auto& process) { return processes_.isAlive(process); });
    for (Program& program : programs_) {
        if (!program.end && !program.started.program->alive())
            program.end = now;
        alive = alive || !program.end;
    }
    if (alive || endedAt_)
        return;
    endedAt_ = now;
    // What they wrote they wrote before they ended: whatever differs from this later was written by another.
    lookAtWorkspace(now);
    documentAtEnd_ = view_.document;
}

bool Evidence::endWillBeTold() {
    return std::any_of(programs_.begin(), programs_.end(), [&](const Program& program) {
        return !program.end && processes_.isAlive(program.started.program->identity());
    });
}

bool Evidence::ownProcess(const platform::ProcessIdentity& process) {
    return std::find(earlier_.begin(), earlier_.end(), process) != earlier_.end() ||
           std::any_of(programs_.begin(), programs_.end(),
                       [&](Program& program) { return program.started.program->owns(process); });
}

void Evidence::noteTaker(const platform::ProcessIdentity& process, Duration now) {
    auto& taker = takers_[process];
    if (!taker.holds)
        taker.since = now;
    taker.holds = true;
    takerHeldLong_ = takerHeldLong_ || now - taker.since >= rules_.handover;
}

void Evidence::lookAtHolders(Duration now) {
    auto holders = processes_.holdersBelow(entry_.workspace);
    if (!holders) {
        holding_ = Holding::unknown;
        return;
    }
    // Held at the last look means held until just now, however long ago that look was.
    if (!holders->empty() || holding_ == Holding::held)
        lastHeld_ = now;
    holding_ = holders->empty() ? Holding::none : Holding::held;
    for (auto& [process, taker] : takers_)
        taker.holds = taker.holds && std::find(holders->begin(), holders->end(), process) != holders->end();
    for (const platform::ProcessIdentity& process : *holders)
        if (!ownProcess(process))
            noteTaker(process, now);
}

/// While a program lives, who else has the document matters only for what a handover would look like.
bool Evidence::mayBeHandedOver(Duration now) const {
    return endedAt_ || programs_.empty() || now - programs_.back().from < rules_.handover;
}

void Evidence::describePrograms(Observations& seen, Duration now) {
    seen.programAlive = !endedAt_;
    seen.sinceProgramEnd = endedAt_ ? now - *endedAt_ : Duration{0};
    if (programs_.empty()) {
        seen.programRan = rules_.handover; // of an earlier process of ours: past handing over
        return;
    }
    seen.chosenProgram = programs_.back().started.chosen;
    seen.programFailed = endedAt_.has_value();
    for (Program& program : programs_) {
        seen.programFailed = seen.programFailed && program.started.program->failed();
        seen.programRan = std::max(seen.programRan, program.end.value_or(now) - program.from);
        seen.instanceSeen = seen.instanceSeen || program.started.instance.has_value();
        seen.instanceRunning =
            seen.instanceRunning || (program.started.instance && processes_.isAlive(*program.started.instance));
    }
}

void Evidence::describeTakers(Observations& seen) {
    seen.takerSeen = !takers_.empty();
    seen.takerAlive = std::any_of(takers_.begin(), takers_.end(), [&](const auto& taker) {
        return taker.second.holds || processes_.isAlive(taker.first);
    });
    seen.takerHeldLong = takerHeldLong_;
}

void Evidence::describeDocument(Observations& seen) const {
    seen.ownerFile = view_.ownerFile;
    seen.documentPresent = view_.document.has_value();
    if (!view_.document)
        return;
    const DocumentStamp stamp = stampOf(*view_.document);
    seen.changed = stamp != entry_.opened;
    seen.changedAfterEnd = endedAt_ && !sameDocument(documentAtEnd_, view_.document);
    seen.unsealed = stamp != sealed_.value_or(entry_.opened);
}

Observations Evidence::gather(Duration now) {
    lookAtPrograms(now);
    if (mayBeHandedOver(now))
        lookAtHolders(now);
    // Last: what somebody wrote before it let go is seen.
    lookAtWorkspace(now);

    Observations seen;
    describePrograms(seen, now);
    describeTakers(seen);
    describeDocument(seen);
    seen.holding = holding_;
    seen.sinceHeld = now - lastHeld_;
    seen.sinceChange = now - lastChange_;
    seen.finishRequested = finishAt_.has_value();
    seen.sinceFinish = finishAt_ ? now - *finishAt_ : Duration{0};
    return seen;
}

} // namespace ssprotect::managed
