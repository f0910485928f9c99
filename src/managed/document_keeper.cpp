#include "document_keeper.h"

#include <algorithm>

#include <spdlog/logger.h>

namespace ssprotect::managed {
namespace {

/// Between two looks while something is about to happen; also what a storm of events is slowed down to.
constexpr Duration kShortest{10};
constexpr Duration kWhileHandingOver{100};
constexpr Duration kUnwatched{1'000};
/// Events tell of whatever happens; this is for what no event tells.
constexpr Duration kWatched{30'000};
/// A document that is written again each time it has been stored is taken as it is after that.
constexpr unsigned kMostStoredAgain = 3;

} // namespace

void Waker::wake() {
    {
        const std::lock_guard lock(mutex_);
        awake_ = true;
    }
    woken_.notify_all();
}

void Waker::waitFor(Duration most) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, most, [this] { return awake_; });
    awake_ = false;
}

DocumentKeeper::DocumentKeeper(Room& room, Opened opened, std::shared_ptr<Waker> waker, WhenDone done)
    : room_(room), entry_(std::move(opened.entry)), access_(std::move(opened.access)),
      openedDigest_(opened.openedDigest), documentPath_(entry_.document()), waker_(std::move(waker)),
      done_(std::move(done)),
      evidence_(room.parts.files, room.parts.processes, entry_, room.settings.rules, room.parts.clock.uptime()),
      row_(rowOf(entry_, DocumentState::open)) {
    if (auto sealed = room_.journal.sealed(entry_); sealed && *sealed)
        evidence_.sealed(**sealed);
    auto watcher =
        room_.parts.watch(entry_.workspace, [waking = waker_](const platform::FolderChange&) { waking->wake(); });
    if (watcher)
        watcher_ = std::move(*watcher);
    else
        room_.parts.log.warn("a workspace is looked at instead of watched: {}", watcher.error().word());
}

DocumentKeeper::~DocumentKeeper() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    waker_->wake();
    if (thread_.joinable())
        thread_.join();
}

void DocumentKeeper::programStarted(Evidence::Started program) {
    {
        const std::lock_guard lock(mutex_);
        startedSince_.push_back(std::move(program));
    }
    waker_->wake();
}

void DocumentKeeper::keep() {
    const std::lock_guard lock(mutex_);
    thread_ = std::thread([this] { run(); });
}

void DocumentKeeper::run() {
    for (;;) {
        const Duration pause = step();
        {
            const std::lock_guard lock(mutex_);
            if (stop_ || ended_)
                return;
        }
        waker_->waitFor(pause);
        // A program that writes all the time does not make us look all the time.
        std::this_thread::sleep_for(kShortest);
    }
}

OpenedDocument DocumentKeeper::row() const {
    const std::lock_guard lock(mutex_);
    return row_;
}

bool DocumentKeeper::runsOn(std::thread::id id) const {
    const std::lock_guard lock(mutex_);
    return thread_.get_id() == id;
}

bool DocumentKeeper::ended() const {
    const std::lock_guard lock(mutex_);
    return ended_;
}

void DocumentKeeper::finish() {
    {
        const std::lock_guard lock(mutex_);
        finish_ = true;
    }
    waker_->wake();
}

void DocumentKeeper::protectNow() {
    {
        const std::lock_guard lock(mutex_);
        protectNow_ = true;
    }
    waker_->wake();
}

void DocumentKeeper::takeRequests(Duration now) {
    std::vector<Evidence::Started> started;
    {
        const std::lock_guard lock(mutex_);
        started = std::exchange(startedSince_, {});
        if (finish_)
            evidence_.finishRequested(now);
    }
    if (started.empty())
        return;
    for (Evidence::Started& program : started) {
        entry_.processes.push_back(program.program->identity());
        evidence_.started(std::move(program), now);
    }
    // Without it a restart of ours knows the program only if it holds the document.
    if (auto written = room_.journal.write(entry_); !written)
        room_.parts.log.warn("the program of an open document could not be written down: {}", written.error().word());
}

Duration DocumentKeeper::step() {
    const Duration now = room_.parts.clock.uptime();
    takeRequests(now);
    const Observations seen = evidence_.gather(now);
    switch (decideNow(seen, now)) {
    case Decision::keepOpen:
        setState(DocumentState::open);
        break;
    case Decision::handedOver:
        setState(DocumentState::handedOver);
        break;
    case Decision::settled:
        seal(now);
        return kShortest;
    case Decision::closed:
    case Decision::deleted:
        close(now);
        return kShortest;
    }
    return untilNextLook(seen, now);
}

Decision DocumentKeeper::decideNow(const Observations& seen, Duration now) {
    {
        const std::lock_guard lock(mutex_);
        if (protectNow_)
            return seen.documentPresent ? Decision::closed : Decision::deleted;
    }
    // What cannot be sealed now must not keep the document open for ever: closing tries to store it directly.
    Observations judged = seen;
    judged.unsealed = seen.unsealed && now >= sealAgainAt_;
    const Decision decision = decide(judged, room_.settings.rules);
    const bool closes = decision == Decision::closed || decision == Decision::deleted;
    return closes && now < closeAgainAt_ ? Decision::keepOpen : decision;
}

void DocumentKeeper::seal(Duration now) {
    auto sealed = room_.journal.seal(entry_, entry_.document());
    if (sealed) {
        evidence_.sealed(*sealed);
        return setState(row().state, {});
    }
    const auto code = sealed.error().code;
    const bool gone = code == ErrorCode::notFound && !room_.parts.files.info(documentPath_);
    if (code == ErrorCode::changedMeanwhile || gone)
        return; // being saved: it is looked at again
    sealAgainAt_ = now + room_.settings.firstRetry;
    setState(row().state, std::move(sealed).error());
}

void DocumentKeeper::close(Duration now) {
    setState(DocumentState::closing);
    Closing closing(room_, entry_, access_, openedDigest_);
    auto closed = closing.close(evidence_, storedAgain_ < kMostStoredAgain);
    if (!closed) {
        closeAgainAt_ = now + room_.settings.firstRetry;
        {
            // Asked again when it has a chance.
            const std::lock_guard lock(mutex_);
            protectNow_ = false;
        }
        return setState(DocumentState::open, std::move(closed).error());
    }
    if (closing.goesOn()) {
        ++storedAgain_;
        return setState(DocumentState::open, {});
    }
    watcher_.reset();
    done_(*this, *closed);
    const std::lock_guard lock(mutex_);
    ended_ = true;
}

/// The trouble of the last try stays in sight until a try succeeds.
void DocumentKeeper::setState(DocumentState state) { setState(state, row().problem); }

void DocumentKeeper::setState(DocumentState state, std::optional<Error> trouble) {
    OpenedDocument row;
    {
        const std::lock_guard lock(mutex_);
        const bool sameTrouble =
            row_.problem.has_value() == trouble.has_value() && (!trouble || trouble->code == row_.problem->code);
        if (row_.state == state && sameTrouble)
            return;
        row_ = rowOf(entry_, state);
        row_.problem = std::move(trouble);
        row = row_;
    }
    room_.parts.events.changed(row);
}

Duration DocumentKeeper::untilNextLook(const Observations& seen, Duration now) {
    const CloseRules& rules = room_.settings.rules;
    const Duration fine = std::clamp(rules.quiet / 4, kShortest, kUnwatched);
    if (seen.programAlive && seen.programRan < rules.handover)
        return std::min(fine, kWhileHandingOver);
    if (seen.finishRequested || seen.sinceChange < rules.quiet || seen.unsealed)
        return fine;
    if (seen.programAlive)
        return watcher_ && evidence_.endWillBeTold() && now >= closeAgainAt_ ? kWatched : kUnwatched;
    const bool settlingDown =
        seen.sinceProgramEnd < std::max(rules.quiet, rules.handover) || seen.sinceHeld < rules.quiet;
    return settlingDown ? fine : kUnwatched;
}

} // namespace ssprotect::managed
