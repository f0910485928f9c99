#pragma once

#include "ssprotect/managed/managed_events.h"
#include "ssprotect/managed/parts.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ssprotect::managed {

struct OpenOptions {
    platform::Path path; ///< the container, absolute
    /// The program and its arguments; the document's path is appended. None: the associated program.
    std::vector<std::string> program;
};

/// Called once, from the document's thread, when the document has been closed (`Closed::Result::pending` included).
using WhenClosed = std::function<void(const Closed&)>;

enum class ClosePolicy {
    protectNow, ///< session end, SIGTERM: what is there is sealed, stored or left pending, and wiped; within the
                ///< deadline
    wait,       ///< quit, logout: until every document has been closed by its application, or the deadline
};

/// What `recover` found and did, for `doctor`.
struct RecoveryFinding {
    enum class Kind {
        adopted,     ///< still in use: watched again
        sealed,      ///< newer content was found in a workspace and sealed
        swept,       ///< plaintext was wiped
        storedLate,  ///< sealed content was stored as the next version or as a conflict copy
        stillPending ///< sealed content waits; `problem` says why
    };
    Kind kind = Kind::swept;
    platform::Path path; ///< the container, if known
    std::optional<Error> problem;
};

/// Managed access (PROT-3): opens protected documents in their applications and protects them again
/// when they are really closed. One per home. Any thread.
///
/// Each open document has a thread of its own that watches it; the content of each settled save is
/// sealed on disk before anything else happens to it. docs/managed-access.md has the rules.
class ManagedAccess {
public:
    ManagedAccess(Parts parts, Settings settings);
    /// Stops watching. What is open stays as it is on disk, for `recover` of the next start.
    ~ManagedAccess();
    ManagedAccess(const ManagedAccess&) = delete;
    ManagedAccess& operator=(const ManagedAccess&) = delete;

    /// Authorises, decrypts to a private workspace and starts the program; returns when it runs. A document
    /// that is open already gets its program started once more, and `whenClosed` is told with the first.
    /// On an Error nothing is left and `whenClosed` is not called. `not-logged-in` without a session;
    /// `not-protected` for a plain file; `pending` while its last changes are not stored.
    Result<OpenedDocument> open(const OpenOptions& options, WhenClosed whenClosed);

    /// What speaks against `open` before the person or the authority is asked: the file is not there or not protected,
    /// or its program may not have the content (PROT-11).
    Status mayOpen(const OpenOptions& options) const;

    /// 'Finish now': the document is taken as closed as soon as it is quiet. `whenClosed` as with `open`.
    /// `not-found` when it is not open. A pending one is tried at once.
    Status finish(const platform::Path& path, WhenClosed whenClosed);

    /// Ok when nothing newer than this container waits to be stored: `file-busy` while it is open, `pending` while its
    /// last changes are not stored. Whoever takes the container's content elsewhere asks first.
    Status settled(const platform::Path& container) const;

    /// Opened ones first, then pending ones; each by time.
    std::vector<OpenedDocument> opened() const;

    /// Returns what is still open or pending at the deadline; empty: all is stored.
    std::vector<OpenedDocument> closeAll(ClosePolicy policy, Duration deadline);

    /// At start, before the first `open`; needs no session. Documents still in use are watched again; of all
    /// others newer content is sealed and the plaintext wiped. Repeating it changes nothing.
    std::vector<RecoveryFinding> recover();
    /// At login, after the engine's own recovery: stores what is pending for the account now in session, and
    /// retries from now on.
    std::vector<RecoveryFinding> storePending();
    /// For `doctor`: what is pending, and plaintext that no open document owns. Changes nothing.
    std::vector<RecoveryFinding> inspect() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace ssprotect::managed
