#include "ssprotect/session/lock_keeper.h"

#include "session_state.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>

namespace ssprotect::session {
namespace {

using kodiac::EditLock;
using kodiac::LockView;

constexpr Duration kLongestWait = std::chrono::seconds(25);
/// When there is nobody to listen for, or nothing to hear from KODiAC without asking again at once.
constexpr Duration kPause = std::chrono::seconds(1);
constexpr Duration kPauseWithoutNews = std::chrono::seconds(10);

bool takesPart(const LockView& view) { return view.held || view.position > 0; }

/// How this session stands to a lock.
struct Standing {
    LockView view;
    kodiac::LockEpoch epoch; ///< the newest that it held it under
};

bool looksTheSame(const LockView& a, const LockView& b) {
    return a.held == b.held && a.holder == b.holder && a.position == b.position && a.waiting == b.waiting;
}

} // namespace

struct LockKeeper::Inside {
    Inside(SessionManager& sessions_, const Environment& environment_)
        : sessions(sessions_), environment(environment_) {}

    SessionManager& sessions;
    const Environment environment;

    std::mutex mutex; ///< over what follows
    std::condition_variable changed;
    bool stopping = false;
    std::map<EditLock, Standing> standings;
    std::uint64_t moment = 0;                    ///< numbers what is asked, and what makes the answer to it stale
    std::uint64_t began = 0;                     ///< this session, by `moment`
    std::map<EditLock, std::uint64_t> givenBack; ///< likewise
    std::int64_t heard = -1;                     ///< sequence of the newest event that was told; -1: none yet
    bool deaf = false;                           ///< this session is told nothing: it is not privileged
    std::vector<LockListener*> listeners;
    std::vector<std::thread> threads;
    /// Held while listeners hear, so that none is taken away meanwhile; before `mutex`.
    std::recursive_mutex telling;

    void tell(const std::function<void(LockListener&)>& what) {
        const std::lock_guard undisturbed(telling);
        std::vector<LockListener*> hearing;
        {
            const std::lock_guard lock(mutex);
            hearing = listeners;
        }
        for (auto* listener : hearing)
            what(*listener);
    }

    std::uint64_t asking() {
        const std::lock_guard lock(mutex);
        return ++moment;
    }

    /// What KODiAC said of a lock when it was asked. `regardless`: also when it was given back meanwhile.
    void learn(const LockView& view, std::uint64_t asked, bool regardless = false) {
        LockView before;
        {
            const std::lock_guard lock(mutex);
            if (asked < began || (asked < givenBack[view.name] && !regardless))
                return;
            deaf = false;
            Standing& standing = standings[view.name];
            before = std::exchange(standing.view, view);
            if (view.held)
                standing.epoch = view.epoch;
        }
        if (view.held && !before.held)
            tell([&](LockListener& listener) { listener.lockGained(view); });
        else if (!view.held && before.held)
            tell([&](LockListener& listener) { listener.lockLost(view); });
        else if (!looksTheSame(view, before))
            tell([&](LockListener& listener) { listener.lineMoved(view); });
    }

    void learnLost(EditLock lock) {
        const std::uint64_t now = asking();
        LockView view;
        {
            const std::lock_guard guard(mutex);
            view = standings[lock].view;
        }
        view.name = lock;
        view.held = false;
        view.position = 0;
        view.expires.reset();
        learn(view, now);
    }

    void giveBack(EditLock lock) {
        {
            const std::lock_guard guard(mutex);
            standings.erase(lock);
            givenBack[lock] = ++moment;
        }
        tell([&](LockListener& listener) { listener.lockGivenBack(lock); });
    }

    /// Forgets what belonged to a session that is over.
    void startAnew() {
        {
            const std::lock_guard lock(mutex);
            standings.clear();
            began = ++moment;
            heard = -1;
            deaf = false;
            changed.notify_all();
        }
        tell([](LockListener& listener) { listener.sessionOver(); });
    }

    void listenAgain() {
        const std::lock_guard lock(mutex);
        deaf = false;
    }

    /// False when it is to stop.
    bool pause(Duration duration) {
        std::unique_lock lock(mutex);
        return !changed.wait_for(lock, duration, [this] { return stopping; });
    }

    template <class Op> Result<LockView> ask(const typename Op::Request& request) {
        const std::uint64_t asked = asking();
        auto session = sessions.require();
        if (!session)
            return std::move(session).error();
        auto answer = (*session)->state().call<Op>(request);
        if (!answer)
            return std::move(answer).error();
        learn(answer->lock, asked, !std::is_same_v<Op, kodiac::RenewLock>);
        return std::move(answer->lock);
    }

    Result<std::vector<LockView>> status() {
        const std::uint64_t asked = asking();
        auto session = sessions.require();
        if (!session)
            return std::move(session).error();
        auto answer = (*session)->state().call<kodiac::LockStatus>({});
        if (!answer)
            return std::move(answer).error();
        for (const auto& view : answer->locks)
            learn(view, asked);
        return std::move(answer->locks);
    }

    void pass(const kodiac::ListEvents::Response& answer) {
        const auto& rows = answer.rows;
        const bool locks = std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.kind == "lock"; });
        if (locks || answer.missed)
            static_cast<void>(status());
        if (answer.missed)
            tell([](LockListener& listener) { listener.newsMissed(); });
        for (const auto& row : rows)
            if (row.kind != "lock")
                tell([&](LockListener& listener) { listener.news(row); });
    }
};

LockKeeper::LockKeeper(SessionManager& sessions, const Environment& environment)
    : inside_(std::make_unique<Inside>(sessions, environment)) {
    sessions.addListener(*this);
}

LockKeeper::~LockKeeper() {
    stop();
    inside_->sessions.removeListener(*this);
}

void LockKeeper::start() {
    inside_->threads.emplace_back([this] {
        while (inside_->pause(kodiac::kLockHeartbeat))
            beat();
    });
    inside_->threads.emplace_back([this] {
        while (inside_->pause(listen(kLongestWait) ? kPause : kPauseWithoutNews)) {
        }
    });
}

void LockKeeper::stop() {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->stopping = true;
    }
    inside_->changed.notify_all();
    for (auto& thread : inside_->threads)
        thread.join();
    inside_->threads.clear();
}

Result<std::vector<LockView>> LockKeeper::status() { return inside_->status(); }

Result<LockView> LockKeeper::request(EditLock lock, bool wait) {
    return inside_->ask<kodiac::RequestLock>({lock, wait});
}

Result<LockView> LockKeeper::force(EditLock lock) { return inside_->ask<kodiac::ForceLock>({lock}); }

Status LockKeeper::release(EditLock lock) {
    auto session = inside_->sessions.require();
    if (!session)
        return std::move(session).error();
    inside_->giveBack(lock);
    auto released = (*session)->state().call<kodiac::ReleaseLock>({lock});
    return released ? Status{} : Status{std::move(released).error()};
}

kodiac::LockEpoch LockKeeper::epochOf(EditLock lock) const {
    const std::lock_guard guard(inside_->mutex);
    const auto at = inside_->standings.find(lock);
    return at != inside_->standings.end() ? at->second.epoch : std::nullopt;
}

void LockKeeper::learnLost(EditLock lock) {
    // KODiAC says who has it now; without an answer it is lost all the same.
    if (auto told = inside_->status(); !told)
        inside_->learnLost(lock);
}

void LockKeeper::learnPrivileged() { inside_->listenAgain(); }

void LockKeeper::beat() {
    std::vector<EditLock> kept;
    {
        const std::lock_guard lock(inside_->mutex);
        for (const auto& [name, standing] : inside_->standings)
            if (takesPart(standing.view))
                kept.push_back(name);
    }
    for (const EditLock lock : kept)
        if (auto renewed = inside_->ask<kodiac::RenewLock>({lock});
            !renewed && renewed.error().code == ErrorCode::lockLost)
            learnLost(lock);
}

bool LockKeeper::listen(Duration wait) {
    kodiac::ListEvents::Request request;
    request.waitSeconds = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(std::min(wait, kLongestWait)).count());
    auto session = inside_->sessions.require();
    {
        const std::lock_guard lock(inside_->mutex);
        if (!session || inside_->deaf)
            return false;
        request.after = inside_->heard;
    }
    Session::State& state = (*session)->state();
    auto answer = state.heard(state.channel->callWithoutCode<kodiac::ListEvents>(request));
    {
        const std::lock_guard lock(inside_->mutex);
        // Another session meanwhile: that was not for it.
        if (inside_->heard != request.after)
            return answer.ok();
        inside_->deaf = !answer && answer.error().code == ErrorCode::notPrivileged;
        if (!answer)
            return false;
        inside_->heard = answer->newest;
        if (!answer->rows.empty())
            inside_->heard = answer->rows.back().sequence;
    }
    inside_->pass(*answer);
    return true;
}

void LockKeeper::addListener(LockListener& listener) {
    const std::lock_guard lock(inside_->mutex);
    inside_->listeners.push_back(&listener);
}

void LockKeeper::removeListener(LockListener& listener) {
    const std::lock_guard undisturbed(inside_->telling);
    const std::lock_guard lock(inside_->mutex);
    std::erase(inside_->listeners, &listener);
}

void LockKeeper::sessionStarted(const SessionInfo&) { inside_->startAnew(); }
void LockKeeper::sessionRefreshed(const SessionInfo&) { inside_->listenAgain(); }
void LockKeeper::sessionEnded(SessionEnd) { inside_->startAnew(); }

} // namespace ssprotect::session
