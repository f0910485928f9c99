#pragma once

#include "closing.h"
#include "ssprotect/managed/managed_access.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace ssprotect::managed {

/// Wakes the thread of one document. Outlives it in the callbacks that hold it.
class Waker {
public:
    void wake();
    /// Returns at once when woken since the last call.
    void waitFor(Duration most);

private:
    std::mutex mutex_;
    std::condition_variable woken_;
    bool awake_ = false;
};

/// Keeps one open document: watches it, seals its saves, and closes it. A thread of its own drives it; the
/// methods that are not said to be any thread's are that thread's.
class DocumentKeeper {
public:
    struct Opened {
        JournalEntry entry;
        std::optional<Access> access;                     ///< none: adopted at start, before a login
        std::optional<crypto::Sha256Digest> openedDigest; ///< none: unknown, or the document is big
    };
    /// Told once, from the keeper's thread, as its last act.
    using WhenDone = std::function<void(DocumentKeeper&, const Closed&)>;

    DocumentKeeper(Room& room, Opened opened, std::shared_ptr<Waker> waker, WhenDone done);
    /// Stops watching and waits for the thread; the document stays as it is on disk.
    ~DocumentKeeper();
    DocumentKeeper(const DocumentKeeper&) = delete;
    DocumentKeeper& operator=(const DocumentKeeper&) = delete;

    /// Before the thread runs, and by any thread later: a program was started on the document.
    void programStarted(Evidence::Started program);
    /// Starts the thread.
    void keep();

    // Any thread.
    OpenedDocument row() const;
    platform::Path document() const { return documentPath_; }
    std::shared_ptr<Waker> waker() const { return waker_; }
    void finish();     ///< as soon as it is quiet
    void protectNow(); ///< at once, with what is there
    bool runsOn(std::thread::id id) const;

    /// One look and what follows from it; returns how long nothing needs to be done. For `keep` and for tests.
    Duration step();
    bool ended() const;
    /// Valid when ended.
    const JournalEntry& entry() const { return entry_; }

private:
    void run();
    void takeRequests(Duration now);
    Decision decideNow(const Observations& seen, Duration now);
    void seal(Duration now);
    void close(Duration now);
    void setState(DocumentState state);
    void setState(DocumentState state, std::optional<Error> trouble);
    Duration untilNextLook(const Observations& seen, Duration now);

    Room& room_;
    JournalEntry entry_;
    std::optional<Access> access_;
    const std::optional<crypto::Sha256Digest> openedDigest_;
    const platform::Path documentPath_;
    const std::shared_ptr<Waker> waker_;
    WhenDone done_;
    Evidence evidence_;
    std::unique_ptr<platform::DirectoryWatcher> watcher_;
    Duration sealAgainAt_{0}; ///< after a failure, as the next
    Duration closeAgainAt_{0};
    unsigned storedAgain_ = 0;

    mutable std::mutex mutex_;
    OpenedDocument row_;
    std::vector<Evidence::Started> startedSince_;
    bool finish_ = false;
    bool protectNow_ = false;
    bool stop_ = false;
    bool ended_ = false;
    std::thread thread_;
};

} // namespace ssprotect::managed
