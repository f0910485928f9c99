#pragma once

#include "room.h"
#include "ssprotect/managed/managed_access.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace ssprotect::managed {

/// Closed documents whose content waits on disk to be stored (PROT-14): tried again, ever less often, until it is.
/// Any thread.
class PendingStores {
public:
    /// `stored` is told, without a lock held, of each document that was stored at last.
    using WhenStored = std::function<void(const JournalEntry&, const Closed&)>;

    PendingStores(Room& room, WhenStored stored);
    ~PendingStores();
    PendingStores(const PendingStores&) = delete;
    PendingStores& operator=(const PendingStores&) = delete;

    void add(JournalEntry entry, Error why);
    std::vector<OpenedDocument> rows() const;
    std::set<std::string> ids() const;
    bool waitsFor(const platform::Path& container) const;

    /// All of them, now, on this thread.
    std::vector<RecoveryFinding> tryAll();
    /// One, now, on this thread; `pending` or stored. Nothing when there is none.
    std::optional<Closed> tryNow(const platform::Path& container);

private:
    struct Waiting {
        JournalEntry entry;
        Error why;
        Duration delay;
        Duration due;
    };

    void run();
    std::vector<std::string> idsWhere(const std::function<bool(const Waiting&)>& condition) const;
    std::optional<Closed> tryOne(const std::string& id);
    Result<Closed> attempt(JournalEntry& entry);
    Status storeExtras(JournalEntry& entry, const Access& access, const crypto::AgreementKey& key, Closed& closed);
    Status storeDocument(JournalEntry& entry, const Access& access, const crypto::AgreementKey& key, Closed& closed);

    Room& room_;
    WhenStored stored_;
    std::mutex attempts_; ///< one attempt at a time
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Waiting> waiting_; ///< by id
    bool ending_ = false;
    std::thread thread_;
};

} // namespace ssprotect::managed
