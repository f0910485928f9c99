#include "pending_stores.h"

#include <algorithm>

namespace ssprotect::managed {

PendingStores::PendingStores(Room& room, WhenStored stored)
    : room_(room), stored_(std::move(stored)), thread_([this] { run(); }) {}

PendingStores::~PendingStores() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void PendingStores::add(JournalEntry entry, Error why) {
    {
        const std::lock_guard lock(mutex_);
        const Duration delay = room_.settings.firstRetry;
        const std::string id = entry.id;
        waiting_.insert_or_assign(id,
                                  Waiting{std::move(entry), std::move(why), delay, room_.parts.clock.uptime() + delay});
    }
    changed_.notify_all();
}

std::vector<OpenedDocument> PendingStores::rows() const {
    const std::lock_guard lock(mutex_);
    std::vector<OpenedDocument> rows;
    for (const auto& [id, waiting] : waiting_) {
        rows.push_back(rowOf(waiting.entry, DocumentState::pending));
        rows.back().problem = waiting.why;
    }
    return rows;
}

std::set<std::string> PendingStores::ids() const {
    const auto all = idsWhere([](const Waiting&) { return true; });
    return {all.begin(), all.end()};
}

bool PendingStores::waitsFor(const platform::Path& container) const {
    return !idsWhere([&](const Waiting& waiting) { return waiting.entry.container == container; }).empty();
}

std::vector<std::string> PendingStores::idsWhere(const std::function<bool(const Waiting&)>& condition) const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> ids;
    for (const auto& [id, waiting] : waiting_)
        if (condition(waiting))
            ids.push_back(id);
    return ids;
}

std::vector<RecoveryFinding> PendingStores::tryAll() {
    std::vector<RecoveryFinding> findings;
    for (const std::string& id : idsWhere([](const Waiting&) { return true; }))
        if (auto closed = tryOne(id)) {
            const bool still = closed->result == Closed::Result::pending;
            findings.push_back({still ? RecoveryFinding::Kind::stillPending : RecoveryFinding::Kind::storedLate,
                                closed->conflict.value_or(closed->path), closed->problem});
        }
    return findings;
}

std::optional<Closed> PendingStores::tryNow(const platform::Path& container) {
    std::optional<Closed> last;
    for (const std::string& id : idsWhere([&](const Waiting& waiting) { return waiting.entry.container == container; }))
        if (auto closed = tryOne(id))
            last = std::move(closed);
    return last;
}

void PendingStores::run() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
        const Duration now = room_.parts.clock.uptime();
        auto next = std::min_element(waiting_.begin(), waiting_.end(),
                                     [](const auto& a, const auto& b) { return a.second.due < b.second.due; });
        if (next == waiting_.end()) {
            changed_.wait(lock);
            continue;
        }
        if (next->second.due > now) {
            changed_.wait_for(lock, next->second.due - now);
            continue;
        }
        const std::string id = next->first;
        lock.unlock();
        static_cast<void>(tryOne(id));
        lock.lock();
    }
}

std::optional<Closed> PendingStores::tryOne(const std::string& id) {
    const std::lock_guard oneAtATime(attempts_);
    JournalEntry entry;
    {
        const std::lock_guard lock(mutex_);
        const auto found = waiting_.find(id);
        if (found == waiting_.end() || ending_)
            return {};
        entry = found->second.entry;
    }
    auto closed = attempt(entry);
    {
        const std::lock_guard lock(mutex_);
        if (closed) {
            waiting_.erase(id);
        } else {
            auto& waiting = waiting_.at(id);
            waiting.entry = entry;
            waiting.why = closed.error();
            waiting.due = room_.parts.clock.uptime() + waiting.delay;
            waiting.delay = std::min(2 * waiting.delay, room_.settings.longestRetry);
        }
    }
    if (closed) {
        stored_(entry, *closed);
        return *closed;
    }
    const OpenedDocument row = rowOf(entry, DocumentState::pending);
    Closed still;
    still.result = Closed::Result::pending;
    still.path = row.path;
    still.file = row.file;
    still.version = row.version;
    still.changed = true;
    still.deleted = entry.deleted;
    still.problem = std::move(closed).error();
    return still;
}

Result<Closed> PendingStores::attempt(JournalEntry& entry) {
    auto access = accessFor(room_, entry, {});
    if (!access)
        return std::move(access).error();
    auto key = access->authorisation->agreementKey();
    if (!key)
        return std::move(key).error();

    const OpenedDocument row = rowOf(entry, DocumentState::pending);
    Closed closed;
    closed.path = row.path;
    closed.file = row.file;
    closed.version = row.version;
    closed.deleted = entry.deleted;
    if (auto stored = storeExtras(entry, *access, *key, closed); !stored)
        return std::move(stored).error();
    if (auto stored = storeDocument(entry, *access, *key, closed); !stored)
        return std::move(stored).error();
    if (auto removed = room_.journal.remove(entry); !removed)
        return std::move(removed).error();
    return closed;
}

Status PendingStores::storeExtras(JournalEntry& entry, const Access& access, const crypto::AgreementKey& key,
                                  Closed& closed) {
    while (!entry.extras.empty()) {
        const ExtraSave extra = entry.extras.front();
        auto save = room_.journal.openExtra(entry, extra, key);
        if (!save)
            return std::move(save).error();
        auto stored = room_.storing.storeExtra(entry, access, extra.name, {{}, save->get()});
        if (!stored)
            return std::move(stored).error();
        closed.protectedToo.push_back(*stored);
        entry.extras.erase(entry.extras.begin());
        if (auto written = room_.journal.write(entry); !written)
            return written;
        room_.journal.removeExtra(extra);
    }
    return {};
}

Status PendingStores::storeDocument(JournalEntry& entry, const Access& access, const crypto::AgreementKey& key,
                                    Closed& closed) {
    if (entry.storing) {
        if (access.recover)
            access.recover();
        auto committed = room_.storing.wasCommitted(entry, access);
        if (!committed)
            return std::move(committed).error();
        if (*committed) {
            closed.changed = true;
            closed.version = entry.storing->second;
            return {};
        }
    }
    auto sealed = room_.journal.sealed(entry);
    if (!sealed)
        return std::move(sealed).error();
    if (!*sealed) {
        closed.result = Closed::Result::unchanged;
        return {};
    }
    closed.changed = **sealed != entry.opened;
    auto save = room_.journal.openDocument(entry, key);
    if (!save)
        return std::move(save).error();
    auto stored = room_.storing.storeDocument(entry, access, {{}, save->get()}, true);
    if (!stored)
        return std::move(stored).error();
    closed.version = stored->version;
    closed.conflict = stored->conflict;
    return {};
}

} // namespace ssprotect::managed
