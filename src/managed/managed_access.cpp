#include "ssprotect/managed/managed_access.h"

#include "document_keeper.h"
#include "opening.h"
#include "pending_stores.h"
#include "recovery.h"
#include "ssprotect/platform/shown_path.h"
#include "sweeper.h"

#include <algorithm>
#include <map>
#include <set>

namespace ssprotect::managed {

using platform::Path;

namespace {
/// No event tells that a close failed and the document is open again.
constexpr Duration kBusyLook{100};
} // namespace

/// Who waits for which document, and the rows in between.
class ManagedAccess::Impl {
public:
    Impl(Parts parts, Settings settings)
        : room_(std::move(parts), std::move(settings)),
          pending_(room_, [this](const JournalEntry& entry, const Closed& closed) { storedLate(entry, closed); }),
          sweeper_(room_.workspaces, room_.settings.firstRetry) {}

    ~Impl() {
        std::map<Path, std::unique_ptr<Place>> open;
        {
            const std::lock_guard lock(mutex_);
            open.swap(open_);
        }
        // Each keeper ends its thread; none of them may hold or want our lock meanwhile.
        open.clear();
        finished_.clear();
    }

    Result<OpenedDocument> open(const OpenOptions& options, WhenClosed whenClosed);
    Status finish(const Path& path, WhenClosed whenClosed);
    Status mayOpen(const OpenOptions& options) { return managed::mayOpen(room_, options); }
    Status settled(const Path& container) const;
    std::vector<OpenedDocument> opened() const;
    std::vector<OpenedDocument> closeAll(ClosePolicy policy, Duration deadline);
    std::vector<RecoveryFinding> recover();
    std::vector<RecoveryFinding> storePending() { return pending_.tryAll(); }
    std::vector<RecoveryFinding> inspect() const;

private:
    struct Place {
        std::string id;
        std::shared_ptr<DocumentKeeper> keeper; ///< null while it is being opened
        OpenedDocument row;                     ///< while it is being opened
        std::vector<WhenClosed> waiting;
    };

    Status prepare();
    Result<OpenedDocument> openNew(const OpenOptions& options, const std::string& id, WhenClosed whenClosed);
    Result<OpenedDocument> startAgain(const OpenOptions& options, DocumentKeeper& keeper, WhenClosed whenClosed);
    bool busy(const Path& path) const;
    bool addWaiting(const DocumentKeeper& keeper, WhenClosed whenClosed);
    Place* placeOf(const DocumentKeeper& keeper) const;
    std::shared_ptr<DocumentKeeper> keep(DocumentKeeper::Opened opened, std::optional<Evidence::Started> program,
                                         std::shared_ptr<Waker> waker);
    void closed(DocumentKeeper& keeper, const Closed& result);
    void storedLate(const JournalEntry& entry, const Closed& result);
    std::set<std::string> known() const;
    std::vector<OpenedDocument> openRows() const;
    void adopt(JournalEntry entry);
    void reap();

    Room room_;
    std::mutex preparing_;
    bool prepared_ = false;

    mutable std::mutex mutex_;
    std::condition_variable listChanged_;
    std::map<Path, std::unique_ptr<Place>> open_; ///< by container
    std::vector<std::shared_ptr<DocumentKeeper>> finished_;
    PendingStores pending_; ///< its thread uses all of the above
    Sweeper sweeper_;
};

/// Before the first record of this process, once.
Status ManagedAccess::Impl::prepare() {
    const std::lock_guard lock(preparing_);
    if (prepared_)
        return {};
    auto prepared = room_.journal.prepare();
    prepared_ = prepared.ok();
    return prepared;
}

/// Being opened or being stored: whoever wants it waits. Under the lock.
bool ManagedAccess::Impl::busy(const Path& path) const {
    const auto found = open_.find(path);
    return found != open_.end() &&
           (!found->second->keeper || found->second->keeper->row().state == DocumentState::closing);
}

Result<OpenedDocument> ManagedAccess::Impl::open(const OpenOptions& options, WhenClosed whenClosed) {
    reap();
    if (auto prepared = prepare(); !prepared)
        return std::move(prepared).error();
    // What was closed but not stored is newer than the container.
    if (auto late = pending_.tryNow(options.path); late && late->result == Closed::Result::pending)
        return makeError(ErrorCode::pending, "the last changes to this document are not stored yet: " +
                                                 late->problem.value_or(Error{}).message);
    const std::string id = newOpenId(room_.parts.random);
    std::shared_ptr<DocumentKeeper> keeper;
    {
        std::unique_lock lock(mutex_);
        while (busy(options.path))
            listChanged_.wait_for(lock, kBusyLook);
        if (const auto found = open_.find(options.path); found != open_.end()) {
            keeper = found->second->keeper;
        } else {
            auto place = std::make_unique<Place>();
            place->id = id;
            place->row.path = options.path;
            place->row.since = room_.parts.clock.now();
            open_.emplace(options.path, std::move(place));
        }
    }
    return keeper ? startAgain(options, *keeper, std::move(whenClosed)) : openNew(options, id, std::move(whenClosed));
}

Result<OpenedDocument> ManagedAccess::Impl::openNew(const OpenOptions& options, const std::string& id,
                                                    WhenClosed whenClosed) {
    auto waker = std::make_shared<Waker>();
    auto opened = Opening(room_, options, id).open(waker);
    std::shared_ptr<DocumentKeeper> keeper;
    if (opened)
        keeper = keep(std::move(opened->opened), std::move(opened->program), waker);
    {
        const std::lock_guard lock(mutex_);
        if (keeper) {
            auto& place = *open_.at(options.path);
            place.keeper = keeper;
            place.waiting.push_back(std::move(whenClosed));
        } else {
            open_.erase(options.path);
        }
    }
    listChanged_.notify_all();
    if (!keeper)
        return std::move(opened).error();
    const OpenedDocument row = keeper->row();
    room_.parts.events.changed(row);
    keeper->keep();
    return row;
}

Result<OpenedDocument> ManagedAccess::Impl::startAgain(const OpenOptions& options, DocumentKeeper& keeper,
                                                       WhenClosed whenClosed) {
    auto started = startProgram(room_, options, keeper.document(), keeper.waker());
    if (!started)
        return std::move(started).error();
    keeper.programStarted(std::move(*started));
    if (!addWaiting(keeper, std::move(whenClosed)))
        return makeError(ErrorCode::fileBusy, "the document was being closed; open it again");
    return keeper.row();
}

/// Under the lock.
ManagedAccess::Impl::Place* ManagedAccess::Impl::placeOf(const DocumentKeeper& keeper) const {
    for (const auto& [path, place] : open_)
        if (place->keeper.get() == &keeper)
            return place.get();
    return nullptr;
}

bool ManagedAccess::Impl::addWaiting(const DocumentKeeper& keeper, WhenClosed whenClosed) {
    const std::lock_guard lock(mutex_);
    Place* place = placeOf(keeper);
    if (place != nullptr)
        place->waiting.push_back(std::move(whenClosed));
    return place != nullptr;
}

std::shared_ptr<DocumentKeeper> ManagedAccess::Impl::keep(DocumentKeeper::Opened opened,
                                                          std::optional<Evidence::Started> program,
                                                          std::shared_ptr<Waker> waker) {
    auto keeper = std::make_shared<DocumentKeeper>(
        room_, std::move(opened), std::move(waker),
        [this](DocumentKeeper& ended, const Closed& result) { closed(ended, result); });
    if (program)
        keeper->programStarted(std::move(*program));
    return keeper;
}

void ManagedAccess::Impl::closed(DocumentKeeper& keeper, const Closed& result) {
    sweeper_.wake();
    const bool waits = result.result == Closed::Result::pending;
    if (waits)
        pending_.add(keeper.entry(), result.problem.value_or(Error{}));
    std::vector<WhenClosed> waiting;
    {
        const std::lock_guard lock(mutex_);
        const auto place = std::find_if(open_.begin(), open_.end(),
                                        [&](const auto& it) { return it.second->keeper.get() == &keeper; });
        if (place != open_.end()) {
            waiting = std::move(place->second->waiting);
            finished_.push_back(std::move(place->second->keeper));
            open_.erase(place);
        }
    }
    OpenedDocument row = rowOf(keeper.entry(), waits ? DocumentState::pending : DocumentState::closing);
    row.problem = result.problem;
    if (waits)
        room_.parts.events.changed(row);
    else
        room_.parts.events.closed(row, result);
    for (const WhenClosed& tell : waiting)
        if (tell)
            tell(result);
    listChanged_.notify_all();
}

void ManagedAccess::Impl::storedLate(const JournalEntry& entry, const Closed& result) {
    room_.parts.events.closed(rowOf(entry, DocumentState::pending), result);
    listChanged_.notify_all();
}

Status ManagedAccess::Impl::finish(const Path& path, WhenClosed whenClosed) {
    reap();
    {
        const std::lock_guard lock(mutex_);
        const auto found = open_.find(path);
        if (found != open_.end() && found->second->keeper) {
            found->second->waiting.push_back(std::move(whenClosed));
            found->second->keeper->finish();
            return {};
        }
    }
    auto late = pending_.tryNow(path);
    if (!late)
        return makeError(ErrorCode::notFound, "this document is not open");
    if (whenClosed)
        whenClosed(*late);
    return {};
}

Status ManagedAccess::Impl::settled(const Path& container) const {
    const std::string name = "'" + platform::shownPath(container.filename()) + "'";
    {
        const std::lock_guard lock(mutex_);
        if (open_.contains(container))
            return makeError(ErrorCode::fileBusy, name + " is open; close it in its application first");
    }
    if (pending_.waitsFor(container))
        return makeError(ErrorCode::pending,
                         "the last changes to " + name + " are not stored yet; 'ssprotect finish' tries at once");
    return {};
}

std::vector<OpenedDocument> ManagedAccess::Impl::openRows() const {
    const std::lock_guard lock(mutex_);
    std::vector<OpenedDocument> rows;
    for (const auto& [path, place] : open_)
        rows.push_back(place->keeper ? place->keeper->row() : place->row);
    return rows;
}

std::vector<OpenedDocument> ManagedAccess::Impl::opened() const {
    const auto byTime = [](const OpenedDocument& a, const OpenedDocument& b) { return a.since < b.since; };
    auto rows = openRows();
    std::sort(rows.begin(), rows.end(), byTime);
    auto waiting = pending_.rows();
    std::sort(waiting.begin(), waiting.end(), byTime);
    rows.insert(rows.end(), waiting.begin(), waiting.end());
    return rows;
}

std::vector<OpenedDocument> ManagedAccess::Impl::closeAll(ClosePolicy policy, Duration deadline) {
    {
        std::unique_lock lock(mutex_);
        if (policy == ClosePolicy::protectNow)
            for (const auto& [path, place] : open_)
                if (place->keeper)
                    place->keeper->protectNow();
        listChanged_.wait_for(lock, deadline, [this] { return open_.empty(); });
    }
    reap();
    return opened();
}

std::set<std::string> ManagedAccess::Impl::known() const {
    std::set<std::string> ids = pending_.ids();
    const std::lock_guard lock(mutex_);
    for (const auto& [path, place] : open_)
        ids.insert(place->id);
    for (const auto& keeper : finished_)
        ids.insert(keeper->entry().id);
    return ids;
}

std::vector<RecoveryFinding> ManagedAccess::Impl::recover() {
    if (auto prepared = prepare(); !prepared)
        return {{RecoveryFinding::Kind::stillPending, {}, std::move(prepared).error()}};
    auto found = Recovery(room_).run([this] { return known(); });
    for (JournalEntry& entry : found.pending)
        pending_.add(std::move(entry), makeError(ErrorCode::pending, "found at start; stored at the next login"));
    for (JournalEntry& entry : found.adopted)
        adopt(std::move(entry));
    sweeper_.wake();
    return std::move(found.findings);
}

void ManagedAccess::Impl::adopt(JournalEntry entry) {
    auto place = std::make_unique<Place>();
    place->id = entry.id;
    const Path path = entry.container;
    const auto keeper = keep({std::move(entry), {}, {}}, {}, std::make_shared<Waker>());
    place->keeper = keeper;
    {
        const std::lock_guard lock(mutex_);
        if (!open_.emplace(path, std::move(place)).second)
            return; // opened anew since: the older one stays for the next start
    }
    room_.parts.events.changed(keeper->row());
    keeper->keep();
}

std::vector<RecoveryFinding> ManagedAccess::Impl::inspect() const {
    auto findings = lookForLeftovers(room_, [this] { return known(); });
    for (const OpenedDocument& row : pending_.rows())
        findings.push_back({RecoveryFinding::Kind::stillPending, row.path, row.problem});
    return findings;
}

/// Threads that have ended are joined by somebody else.
void ManagedAccess::Impl::reap() {
    std::vector<std::shared_ptr<DocumentKeeper>> ended;
    const std::lock_guard lock(mutex_);
    const auto self = std::this_thread::get_id();
    for (auto keeper = finished_.begin(); keeper != finished_.end();) {
        if ((*keeper)->ended() && !(*keeper)->runsOn(self)) {
            ended.push_back(std::move(*keeper));
            keeper = finished_.erase(keeper);
        } else {
            ++keeper;
        }
    }
}

ManagedAccess::ManagedAccess(Parts parts, Settings settings)
    : impl_(std::make_unique<Impl>(std::move(parts), std::move(settings))) {}
ManagedAccess::~ManagedAccess() = default;

Result<OpenedDocument> ManagedAccess::open(const OpenOptions& options, WhenClosed whenClosed) {
    return impl_->open(options, std::move(whenClosed));
}
Status ManagedAccess::finish(const Path& path, WhenClosed whenClosed) {
    return impl_->finish(path, std::move(whenClosed));
}
Status ManagedAccess::mayOpen(const OpenOptions& options) const { return impl_->mayOpen(options); }
Status ManagedAccess::settled(const Path& container) const { return impl_->settled(container); }

std::vector<OpenedDocument> ManagedAccess::opened() const { return impl_->opened(); }
std::vector<OpenedDocument> ManagedAccess::closeAll(ClosePolicy policy, Duration deadline) {
    return impl_->closeAll(policy, deadline);
}
std::vector<RecoveryFinding> ManagedAccess::recover() { return impl_->recover(); }
std::vector<RecoveryFinding> ManagedAccess::storePending() { return impl_->storePending(); }
std::vector<RecoveryFinding> ManagedAccess::inspect() const { return impl_->inspect(); }

std::string_view stateWord(DocumentState state) {
    switch (state) {
    case DocumentState::opening:
        return "opening";
    case DocumentState::open:
        return "open";
    case DocumentState::handedOver:
        return "handed-over";
    case DocumentState::closing:
        return "closing";
    case DocumentState::pending:
        return "pending";
    }
    return "open";
}

} // namespace ssprotect::managed
